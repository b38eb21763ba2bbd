// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/searchpattern.h"

#include <re2/re2.h>

namespace slipway {

namespace {

constexpr qint64 kMemory = qint64(16) * 1024 * 1024; // of an automaton

} // namespace

SearchPattern::SearchPattern(const std::string &expression) {
    RE2::Options options(RE2::Latin1); // a byte is a character
    options.set_log_errors(false);
    options.set_max_mem(kMemory);
    m_expression = std::make_shared<const RE2>(expression, options);
    if (!m_expression->ok())
        qFatal("%s: %s", expression.c_str(), m_expression->error().c_str());
}

std::optional<SearchPattern::Hit> SearchPattern::next(const QByteArray &text, qsizetype from) const {
    if (from > text.size())
        return std::nullopt;
    const re2::StringPiece piece(text.constData(), static_cast<size_t>(text.size()));
    re2::StringPiece hit;
    if (!m_expression->Match(piece, static_cast<size_t>(from), piece.size(), RE2::UNANCHORED, &hit, 1))
        return std::nullopt;
    const qsizetype begin = hit.data() - piece.data();
    return Hit{begin, begin + static_cast<qsizetype>(hit.size())};
}

} // namespace slipway
