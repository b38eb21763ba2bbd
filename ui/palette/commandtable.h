// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

#include <functional>

class QAction;
class QWidget;

namespace slipway {

/// One thing that a person can do.
struct Command {
    QString section; ///< the heading in help and menu: "Campaign", "Log", …
    QAction *action; ///< its text, its keys, what it does
    QWidget *scope;  ///< the page whose command it is; the window for one that works on every page

    [[nodiscard]] QString text() const; ///< "Next failing cycle"
    [[nodiscard]] QList<QKeySequence> keys() const;
};

[[nodiscard]] QString keysText(const QList<QKeySequence> &keys); ///< "N", "Ctrl+K  /"

/// Everything that a person can do in the window, once: keys, menu, palette and help are made from it. The
/// keys of a page work while the page is shown, wherever in the window the focus is, so two pages may use the
/// same key. A key without Ctrl or Alt goes to a text field that has the focus; one with it comes here even
/// then. Owns the actions that it makes; lives on the GUI thread.
class CommandTable : public QObject {
    Q_OBJECT
public:
    explicit CommandTable(QWidget &window);

    QAction *add(QWidget &scope, const QString &section, const QString &text, const QList<QKeySequence> &keys,
                 const std::function<void()> &run);
    /// All actions of a page that has its own.
    void addActionsOf(QWidget &page, const QString &section);

    [[nodiscard]] const QList<Command> &commands() const { return m_commands; }
    /// Those that work now: of the page that is shown, and of the window.
    [[nodiscard]] QList<Command> usable() const;
    [[nodiscard]] bool isUsable(const Command &command) const;
    /// Shows its page first when another one is shown.
    void run(const Command &command);

Q_SIGNALS:
    void scopeRequested(QWidget *page);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget &m_window;
    QList<Command> m_commands;
};

} // namespace slipway
