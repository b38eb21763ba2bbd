// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QObject>

#include <functional>

class QWidget;

namespace slipway {

/// One thing that a person can do in the window.
struct Command {
    QString section; ///< the help's heading: "Campaigns", "Log", …
    QString text;    ///< "next failing cycle"
    QList<QKeySequence> keys;
    std::function<void()> run;
};

[[nodiscard]] QString keysText(const QList<QKeySequence> &keys); ///< "N", "Ctrl+K  /"

/// Everything that a person can do, once: shortcuts, palette and help are made from it. A key without Ctrl or
/// Alt goes to a text field that has the focus; one with it comes here even then.
class CommandTable : public QObject {
    Q_OBJECT
public:
    explicit CommandTable(QWidget &window);

    void add(Command command);
    [[nodiscard]] const QList<Command> &commands() const { return m_commands; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget &m_window;
    QList<Command> m_commands;
};

} // namespace slipway
