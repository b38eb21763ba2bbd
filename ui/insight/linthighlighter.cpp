// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/linthighlighter.h"

#include "ui/common/theme.h"

namespace slipway {

void LintHighlighter::setEvidence(std::shared_ptr<const EvidenceNumbers> numbers, bool isOver) {
    if (m_numbers == numbers && m_isOver == isOver)
        return;
    m_numbers = std::move(numbers);
    m_isOver = isOver;
    rehighlight();
}

void LintHighlighter::highlightBlock(const QString &text) {
    if (!m_numbers)
        return;
    QTextCharFormat format;
    format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    format.setUnderlineColor(theme().warning);
    for (const LintMark &mark : lint(text, *m_numbers, m_isOver)) {
        format.setToolTip(lintText(mark, text).toHtmlEscaped());
        setFormat(static_cast<int>(mark.start), static_cast<int>(mark.length), format);
    }
}

} // namespace slipway
