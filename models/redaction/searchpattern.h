// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>
#include <optional>
#include <string>

namespace re2 {
class RE2;
}

namespace slipway {

/// A regular expression over bytes (RE2, ASCII, case counts unless it begins with "(?i)"), in time linear in
/// them and bounded memory. Immutable, may be shared by threads. An expression that is none is a fault of the
/// program and ends it.
class SearchPattern {
public:
    struct Hit {
        qsizetype from;
        qsizetype to;
    };

    explicit SearchPattern(const std::string &expression);

    /// The first hit that begins at `from` or behind it.
    [[nodiscard]] std::optional<Hit> next(const QByteArray &text, qsizetype from) const;

private:
    std::shared_ptr<const re2::RE2> m_expression;
};

} // namespace slipway
