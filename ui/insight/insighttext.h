// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/insight/linthighlighter.h"

#include <QPlainTextEdit>

namespace slipway {

/// One text of an insight: as high as what is in it, marked by lint, Tab leads on. Its edits are undone by
/// the draft, not by itself.
class InsightText : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit InsightText(const QString &accessibleName, int lines, QWidget *parent = nullptr);

    void showText(const QString &text); ///< not as an edit; the cursor stays where it can
    [[nodiscard]] LintHighlighter &marks() const { return *m_marks; }

Q_SIGNALS:
    void edited(const QString &text);
    void left();

protected:
    void focusOutEvent(QFocusEvent *event) override;

private:
    void fit();

    int m_lines;
    LintHighlighter *m_marks;
};

} // namespace slipway
