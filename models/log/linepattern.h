// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/log/logsource.h"

#include <QByteArrayView>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace slipway {

/// A regular expression over lines, RE2's syntax. Matching takes time linear in the text whatever the
/// expression and the text are: logs come from outside. One thread at a time per clone().
class LinePattern {
public:
    using Seen = std::function<void(qint64 row, QByteArrayView line)>;

    static Result<LinePattern> compile(const QString &pattern, bool matchCase);
    [[nodiscard]] LinePattern clone() const; ///< shares nothing, so that threads do not wait for each other

    /// Reports every row of a block whose line matches, in order.
    void match(const LogBlock &block, const Seen &seen) const;
    /// Where it matches in one line: [from, to) in bytes, at most 100, none of them empty.
    [[nodiscard]] QList<std::pair<qsizetype, qsizetype>> spans(QByteArrayView line) const;
    [[nodiscard]] bool matches(QByteArrayView line) const;

private:
    LinePattern(std::shared_ptr<const re2::RE2> expression, std::vector<std::string> words)
        : m_expression(std::move(expression)), m_words(std::move(words)) {}
    void matchExpression(const LogBlock &block, const Seen &seen) const;
    void matchWords(const LogBlock &block, const Seen &seen) const;

    std::shared_ptr<const re2::RE2> m_expression;
    std::vector<std::string> m_words; ///< all that the expression means; empty: it means more than words
};

} // namespace slipway
