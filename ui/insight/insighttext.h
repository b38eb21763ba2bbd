// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/insight/linthighlighter.h"

#include <QPlainTextEdit>

class QLabel;
class QVBoxLayout;

namespace slipway {

/// One text of an insight: as high as what is in it, marked by lint, Tab leads on. Its edits are undone by
/// the draft, not by itself.
/// Takes at most so many characters: what is more is refused with a line below it, and stays where it was.
class InsightText : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit InsightText(const QString &accessibleName, int lines, int max, QWidget *parent = nullptr);

    void addTo(QVBoxLayout &layout);    ///< with the line that says how much room is left
    void showText(const QString &text); ///< not as an edit; the cursor stays where it can
    [[nodiscard]] LintHighlighter &marks() const { return *m_marks; }

Q_SIGNALS:
    void edited(const QString &text);
    void left();

protected:
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
    void dropEvent(QDropEvent *event) override;

private:
    void fit();
    [[nodiscard]] qsizetype length() const;
    bool takes(qsizetype length, const QString &otherwise); ///< or says that it does not, and `otherwise`

    int m_lines;
    int m_max;
    qsizetype m_length = -1; ///< that was shown last
    QLabel *m_room;
    LintHighlighter *m_marks;
};

} // namespace slipway
