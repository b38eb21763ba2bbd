// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/insight/lint.h"

#include <QSyntaxHighlighter>

#include <memory>

namespace slipway {

/// Underlines what lint() finds in a text as it is typed.
class LintHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit LintHighlighter(QTextDocument *document) : QSyntaxHighlighter(document) {}

    /// Nothing is marked while there are no numbers to look in.
    void setEvidence(std::shared_ptr<const EvidenceNumbers> numbers, bool isOver);

protected:
    void highlightBlock(const QString &text) override;

private:
    std::shared_ptr<const EvidenceNumbers> m_numbers;
    bool m_isOver = false;
};

} // namespace slipway
