// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logtemplate.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kLooked = 512;
constexpr qsizetype kMax = 10'000;
constexpr qsizetype kHash = 7; // hexadecimal digits that are not a word

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Names of hosts and phases stay ("node-b", "phase2"), as do words; what counts, times or identifies goes.
bool isValue(const QByteArray &word) {
    const auto digits = std::count_if(word.begin(), word.end(), isDigit);
    if (digits == 0)
        return false;
    const bool hex =
        std::all_of(word.begin(), word.end(), [](char c) { return isHex(c) || c == '-' || c == 'x'; });
    return isDigit(word.at(0)) || (hex && word.size() >= kHash);
}

} // namespace

QByteArray logTemplate(const QByteArray &line) {
    const QByteArray looked = line.left(kLooked);
    QByteArray text;
    text.reserve(looked.size());
    for (qsizetype from = 0; from < looked.size();) {
        qsizetype to = from;
        while (to < looked.size() && (isLetter(looked.at(to)) || isDigit(looked.at(to)) ||
                                      (to > from && (looked.at(to) == '-' || looked.at(to) == '_'))))
            ++to;
        if (to == from) {
            const char c = looked.at(from++);
            const bool blank = c == ' ' || c == '\t' || c == '\r';
            if (!blank)
                text += c;
            else if (!text.endsWith(' '))
                text += ' ';
            continue;
        }
        const QByteArray word = looked.mid(from, to - from);
        text += isValue(word) ? QByteArrayLiteral("#") : word;
        from = to;
    }
    // A time or a version is several numbers with their marks between.
    for (const char mark : {':', '.'}) {
        const QByteArray joined = QByteArrayLiteral("#") + mark + '#';
        while (text.contains(joined))
            text.replace(joined, "#");
    }
    return text.trimmed();
}

void LogTemplates::add(const QByteArray &line, qint64 number) {
    const QByteArray text = logTemplate(line);
    if (text.isEmpty())
        return;
    const auto known = m_templates.find(text);
    if (known != m_templates.end())
        ++known->count;
    else if (m_templates.size() < kMax)
        m_templates.insert(text, {text, line.left(kLooked), number, 1});
}

bool LogTemplates::isFull() const {
    return m_templates.size() >= kMax;
}

QList<LogTemplate> LogTemplates::notIn(const QSet<QByteArray> &known) const {
    QList<LogTemplate> own;
    for (const LogTemplate &one : m_templates) {
        if (!known.contains(one.text))
            own.append(one);
    }
    std::sort(own.begin(), own.end(),
              [](const LogTemplate &a, const LogTemplate &b) { return a.line < b.line; });
    return own;
}

void LogTemplates::addTextsTo(QSet<QByteArray> &texts) const {
    for (auto it = m_templates.constBegin(); it != m_templates.constEnd(); ++it)
        texts.insert(it.key());
}

} // namespace slipway
