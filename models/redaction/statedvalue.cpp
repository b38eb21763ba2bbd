// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/statedvalue.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/valuetest.h"
#include "models/redaction/wordlist.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace slipway {

namespace {

constexpr qsizetype kMaxBetween = 120; // characters between a name and its value
constexpr int kMaxWords = 6;
constexpr qsizetype kLongestWord = 16;

constexpr std::string_view kBeing[] = {"is",   "was", "has",    "have",   "been",  "now",
                                       "will", "be",  "should", "equals", "lautet"};
constexpr std::string_view kGiving[] = {"set",       "reset",   "changed",     "updated", "initialized",
                                        "generated", "created", "initialised", "assigned"};

// Before the name, and the value is right behind it: "using password x", "setting the password to x".
constexpr std::string_view kHanding[] = {"using",   "with",     "generated", "setting",
                                         "set",     "changing", "new",       "temporary",
                                         "initial", "random",   "default",   "resetting"};

class Sentence {
public:
    Sentence(const TextView &view, ValueReader &values, const SecretName &name)
        : m_view(view), m_values(values), m_name(name) {}

    std::optional<SecretValue> value() {
        if (m_values.startsWith(m_name.from - 10, "following "))
            return onNextLine();
        qsizetype at = m_values.skipBlanks(m_name.to);
        if (at == m_name.to)
            return std::nullopt;
        if (m_values.startsWith(at, "for ") || m_values.startsWith(at, "of ")) {
            if (const auto value = behindSign(at, true))
                return value;
            at = behindOwner(at);
        } else if (isOneOf(kHanding, wordBefore(m_name.from)) && m_name.kind == NameKind::Password) {
            const auto value =
                m_values.read(m_values.startsWith(at, "to ") ? m_values.skipBlanks(at + 3) : at, false);
            if (value && looksRandom(m_view, value->from, value->to))
                return value;
        }
        bool isStated = false; // "is", "to", a colon: what is next is the value
        bool isGiven = false;  // "set", "generated"
        for (int i = 0; i < kMaxWords; ++i) {
            const std::string word = wordAt(at);
            const qsizetype behind = at + static_cast<qsizetype>(word.size());
            if (isGiven && word == "for")
                return m_name.kind == NameKind::Password ? behindSign(at, false) : std::nullopt;
            const bool isBeing = isOneOf(kBeing, word);
            const bool isGiving = isOneOf(kGiving, word);
            const bool isTo = isGiven && (word == "to" || word == "as");
            const bool isSign = m_view.at(behind) == ':';
            if (!isBeing && !isGiving && !isTo)
                break;
            // "token created 2026-11-30" is a date
            isStated = isSign || isTo || (isBeing && !isGiven);
            isGiven = isGiven || isGiving;
            at = m_values.skipBlanks(isSign ? behind + 1 : behind);
        }
        if (isStated && m_name.isPhrase && m_view.at(at - 2) == ':') {
            auto phrase = m_values.readLine(at);
            if (phrase && !phrase->isQuoted && isPhrase(m_view, phrase->from, phrase->to)) {
                phrase->isQuoted = true; // its end is known, and blanks belong to it
                return phrase;
            }
        }
        return isStated ? clear(m_values.read(at, false)) : std::nullopt;
    }

private:
    // Quoted, or as no word of a sentence is.
    std::optional<SecretValue> clear(const std::optional<SecretValue> &value) const {
        const bool isClear = value && (value->isQuoted || looksRandom(m_view, value->from, value->to));
        return isClear ? value : std::nullopt;
    }

    [[nodiscard]] std::string wordAt(qsizetype at) const {
        std::string word;
        while (isLetter(m_view.at(at)) && static_cast<qsizetype>(word.size()) < kLongestWord)
            word += toLower(m_view.at(at++));
        return word;
    }

    // The word that ends before the blank before `at`.
    [[nodiscard]] std::string wordBefore(qsizetype at) const {
        qsizetype from = at - 1;
        while (from > 0 && from > at - kLongestWord && isLetter(m_view.at(from - 1)))
            --from;
        return isBlank(m_view.at(at - 1)) ? wordAt(from) : std::string();
    }

    // "for the user root" to the verb behind it.
    [[nodiscard]] qsizetype behindOwner(qsizetype at) const {
        for (int i = 0; i < kMaxWords; ++i) {
            const std::string word = wordAt(at);
            if (isOneOf(kBeing, word) || isOneOf(kGiving, word))
                return at;
            const qsizetype max = at + kMaxBetween;
            while (at < max && at < m_view.size() && !isSpaceOrControl(m_view.at(at)))
                ++at;
            at = m_values.skipBlanks(at);
        }
        return at;
    }

    // "for key: x"; SET PASSWORD FOR u = 'x'
    std::optional<SecretValue> behindSign(qsizetype at, bool mayBeAssigned) {
        const auto isSign = [&](char c) { return c == ':' || (mayBeAssigned && c == '='); };
        const qsizetype max = std::min(m_view.size(), at + kMaxBetween);
        while (at < max && !isSign(m_view.at(at)) && !isLineEnd(m_view.at(at)))
            ++at;
        if (m_view.at(at) == ':' && isLineEnd(m_view.at(at + 1)) && m_name.kind == NameKind::Password &&
            toLower(m_view.at(m_name.to - 1)) != 's')
            return onNextLine();
        if (!isSign(m_view.at(at)) || !isBlank(m_view.at(at + 1)))
            return std::nullopt;
        const auto value = m_values.read(m_values.skipBlanks(at + 1), false);
        return value && looksRandom(m_view, value->from, value->to) ? value : std::nullopt;
    }

    // The line ends with a colon, and the next one that is not empty has one word.
    std::optional<SecretValue> onNextLine() {
        const qsizetype max = std::min(m_view.size(), m_name.to + kMaxBetween);
        qsizetype at = m_name.to;
        while (at < max && !isLineEnd(m_view.at(at)) && m_view.at(at) != kOuterQuote)
            ++at;
        if (!isLineEnd(m_view.at(at)) || m_view.at(at - 1) != ':')
            return std::nullopt;
        const qsizetype further = std::min(m_view.size(), at + kMaxBetween);
        while (at < further && isSpaceOrControl(m_view.at(at)) && m_view.at(at) != kOuterQuote)
            ++at;
        const auto value = clear(m_values.read(at, false));
        const qsizetype behind = value ? value->to + (value->isQuoted ? 1 : 0) : 0;
        const bool isAlone =
            behind >= m_view.size() || isLineEnd(m_view.at(behind)) || m_values.isQuote(behind);
        return value && isAlone ? value : std::nullopt;
    }

    const TextView &m_view;
    ValueReader &m_values;
    const SecretName &m_name;
};

} // namespace

std::optional<SecretValue> statedValue(const TextView &view, ValueReader &values, const SecretName &name) {
    return Sentence(view, values, name).value();
}

} // namespace slipway
