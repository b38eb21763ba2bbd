// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/textview.h"

#include <array>
#include <optional>

namespace slipway {

/// A value behind a name, as JSON, YAML, a shell, a query or a header writes it.
struct SecretValue {
    qsizetype from = 0;
    qsizetype to = 0;
    bool isQuoted = false;
    bool isNumber = false; ///< of JSON, so that a mask must stay a number or a string
};

/// Behind the blanks, line ends and other control characters from `at` on, at most 80 of them; not over a
/// quote of a level outside.
[[nodiscard]] qsizetype skipSpace(const TextView &view, qsizetype at);

/// Reads values of one view. Each kind of end is sought once, so that many names before one end cost no more
/// than one.
class ValueReader {
public:
    explicit ValueReader(const TextView &view) : m_view(view) {}

    [[nodiscard]] bool isQuote(qsizetype i) const; ///< of the characters " ' ` and the quotes around a view
    [[nodiscard]] qsizetype skipBlanks(qsizetype i) const;
    [[nodiscard]] bool startsWith(qsizetype i, const char *lower) const; ///< whatever its case

    /// The value that begins at `at`, quoted or not; nothing when none does. `isQuery`: & and # end it.
    std::optional<SecretValue> read(qsizetype at, bool isQuery);
    std::optional<SecretValue> readMember(qsizetype at);  ///< of a JSON object: , } ] and </ end it too
    std::optional<SecretValue> readLine(qsizetype at);    ///< to the end of the line or of the string
    std::optional<SecretValue> readElement(qsizetype at); ///< of XML: to the next <
    /// The line that `i` is on begins as JSON does, so that \n, \" and the like end a value in it.
    bool isJsonLine(qsizetype i);
    qsizetype lineStart(qsizetype i);

private:
    enum End { QuoteEnd, WordEnd, LineEnd, MarkupEnd, EndCount };

    std::optional<SecretValue> readQuoted(qsizetype at);
    qsizetype find(End end, qsizetype from, char quote);
    [[nodiscard]] bool isEnd(End end, qsizetype i, char quote) const;
    qsizetype unquotedEnd(qsizetype at, bool isQuery);
    [[nodiscard]] qsizetype wrappedQuote(qsizetype at) const;
    [[nodiscard]] qsizetype fallbackQuote(qsizetype at, qsizetype otherwise) const;
    [[nodiscard]] bool isEscapedEnd(qsizetype i) const;
    [[nodiscard]] bool isFollowedByName(qsizetype i) const;

    struct Known {
        qsizetype from = -1;
        qsizetype to = -1;
        char quote = '\0';
    };

    const TextView &m_view;
    std::array<Known, EndCount> m_known;
    qsizetype m_line = 0;     // the line found last begins here
    qsizetype m_lineSeen = 0; // and reaches to here at least
};

} // namespace slipway
