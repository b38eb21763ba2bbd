// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/linepattern.h"

#include <QRegularExpression>

#include <re2/re2.h>

#include <algorithm>
#include <cstring>

namespace slipway {

namespace {

constexpr qsizetype kMaxSpans = 100;
constexpr int kMaxWords = 6;                         // each is a search of its own
constexpr qint64 kMemory = qint64(32) * 1024 * 1024; // of the automata

RE2::Options optionsOf(bool matchCase) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(matchCase);
    options.set_never_nl(true);
    options.set_max_mem(kMemory);
    return options;
}

re2::StringPiece piece(QByteArrayView text) {
    return {text.data(), static_cast<size_t>(text.size())};
}

const char *lineEnd(const char *at, const char *end) {
    const void *found = std::memchr(at, '\n', static_cast<size_t>(end - at));
    return found ? static_cast<const char *>(found) : end;
}

// "error|fail|FATAL" means its words; none of a pattern that means more. RE2 looks at each byte for them,
// libc at few.
std::vector<std::string> wordsOf(const QString &pattern) {
    static const QRegularExpression words(QRegularExpression::anchoredPattern(
        QStringLiteral("[\\w ,:=/-]{2,}(\\|[\\w ,:=/-]{2,}){0,%1}").arg(kMaxWords - 1)));
    std::vector<std::string> result;
    if (words.match(pattern).hasMatch()) {
        for (const QString &word : pattern.split(QLatin1Char('|')))
            result.push_back(word.toStdString());
    }
    return result;
}

} // namespace

Result<LinePattern> LinePattern::compile(const QString &pattern, bool matchCase) {
    auto expression = std::make_shared<const RE2>("(?m)" + pattern.toStdString(), optionsOf(matchCase));
    if (!expression->ok()) {
        return Error{ErrorCode::InvalidInput, QStringLiteral("“%1” is not a regular expression: %2")
                                                  .arg(pattern, QString::fromStdString(expression->error()))};
    }
    return LinePattern(std::move(expression), matchCase ? wordsOf(pattern) : std::vector<std::string>());
}

LinePattern LinePattern::clone() const {
    return LinePattern(std::make_shared<const RE2>(m_expression->pattern(), m_expression->options()),
                       m_words);
}

void LinePattern::match(const LogBlock &block, const Seen &seen) const {
    if (m_words.empty())
        matchExpression(block, seen);
    else
        matchWords(block, seen);
}

void LinePattern::matchWords(const LogBlock &block, const Seen &seen) const {
    const char *line = block.bytes.data();
    const char *const end = line + block.bytes.size();
    qint64 row = block.first;
    std::vector<const char *> next(m_words.size(), nullptr); // where each of them stands next
    for (;;) {
        for (size_t i = 0; i < next.size(); ++i) {
            if (next[i] && next[i] >= line)
                continue;
            const void *found =
                memmem(line, static_cast<size_t>(end - line), m_words[i].data(), m_words[i].size());
            next[i] = found ? static_cast<const char *>(found) : end;
        }
        const char *const hit = *std::min_element(next.begin(), next.end());
        if (hit == end)
            return;
        const char *stop = lineEnd(line, end);
        for (; stop < hit; stop = lineEnd(line, end)) {
            line = stop + 1;
            ++row;
        }
        seen(row++, {line, stop - line});
        if (stop == end)
            return;
        line = stop + 1;
    }
}

void LinePattern::matchExpression(const LogBlock &block, const Seen &seen) const {
    const re2::StringPiece text = piece(block.bytes);
    const char *const end = text.data() + text.size();
    const char *line = text.data(); // the line that `row` is
    qint64 row = block.first;
    const auto at = [&](const char *place) { return static_cast<size_t>(place - text.data()); };
    const auto found = [&](const char *stop) {
        seen(row++, {line, stop - line});
        line = stop == end ? end : stop + 1;
    };
    while (line < end) {
        // What matches often is asked of one line: whether is cheaper to find out than where.
        const char *stop = lineEnd(line, end);
        if (m_expression->Match(text, at(line), at(stop), RE2::UNANCHORED, nullptr, 0)) {
            found(stop);
            continue;
        }
        // What matches seldom is looked for in all that follows.
        re2::StringPiece match;
        if (stop == end || !m_expression->Match(text, at(stop + 1), text.size(), RE2::UNANCHORED, &match, 1))
            return;
        if (match.data() == end && end[-1] == '\n')
            return; // an empty match after the last line
        for (; stop < match.data(); stop = lineEnd(line, end)) {
            line = stop + 1;
            ++row;
        }
        found(stop);
    }
}

QList<std::pair<qsizetype, qsizetype>> LinePattern::spans(QByteArrayView line) const {
    QList<std::pair<qsizetype, qsizetype>> result;
    const re2::StringPiece text = piece(line);
    re2::StringPiece found;
    for (qsizetype at = 0; at < line.size() && result.size() < kMaxSpans;) {
        if (!m_expression->Match(text, static_cast<size_t>(at), text.size(), RE2::UNANCHORED, &found, 1))
            break;
        const qsizetype from = found.data() - text.data();
        const auto size = static_cast<qsizetype>(found.size());
        if (size > 0)
            result.append({from, from + size});
        at = from + std::max<qsizetype>(1, size);
    }
    return result;
}

bool LinePattern::matches(QByteArrayView line) const {
    return m_expression->Match(piece(line), 0, static_cast<size_t>(line.size()), RE2::UNANCHORED, nullptr, 0);
}

} // namespace slipway
