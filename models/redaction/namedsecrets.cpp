// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/namedsecrets.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/namecontext.h"
#include "models/redaction/pairedvalue.h"
#include "models/redaction/secretname.h"
#include "models/redaction/valuereader.h"
#include "models/redaction/valuetest.h"

#include <string_view>

namespace slipway {

namespace {

constexpr const char *kAssigned = "assigned secret";
constexpr qsizetype kMostBetween = 80; // characters between a name and its value
constexpr int kMostElements = 1000;

class NamedSecrets {
public:
    NamedSecrets(const TextView &view, FoundSecrets &found)
        : m_view(view), m_names(view), m_values(view), m_found(found) {}

    void find() {
        while (const auto name = m_names.next())
            takeValueOf(*name);
    }

private:
    struct Place {
        qsizetype at = 0; // where the value begins
        Separator separator = Separator::Equals;
    };

    void takeValueOf(const SecretName &name) {
        const bool isQuery = m_view.at(name.from - 1) == '?' || m_view.at(name.from - 1) == '&';
        if (name.kind == NameKind::Parameter && !isQuery && !isSigned(name))
            return;
        if (takeMarkup(name))
            return;
        const bool isQuotedName = m_values.isQuote(name.to);
        qsizetype behind = isQuotedName ? name.to + 1 : name.to;
        if (m_view.at(behind) == ']')
            ++behind;
        const qsizetype at = m_values.skipBlanks(behind);
        const char c = m_view.at(at);
        if (c == ':' || c == '=') {
            takeAssigned(name, at, isQuotedName, isQuery);
            return;
        }
        // There may be names between the two.
        if (const auto value = pairedValue(m_view, m_values, name);
            value && isSecretValue(m_view, name, *value, Separator::Equals)) {
            m_found.push_back({value->from, value->to, kAssigned, {}, true, value->isNumber});
            return;
        }
        if (name.isFlag) {
            takeFlag(name, behind, isQuotedName);
            return;
        }
        if (!isQuotedName && at > name.to && name.kind != NameKind::Short && name.kind != NameKind::Parameter)
            takeBehindBlank(name, at);
    }

    // "x-amz-signature", "SharedAccessSignature sig=": of a URL, wherever it stands.
    [[nodiscard]] bool isSigned(const SecretName &name) const {
        const std::string_view text(m_view.bytes().constData() + name.from,
                                    static_cast<size_t>(name.to - name.from));
        return text.size() > 9 && m_values.startsWith(name.from, "x-");
    }

    bool take(const SecretName &name, const std::optional<SecretValue> &value, Separator separator,
              const char *kind = kAssigned) {
        if (!value || !isSecretValue(m_view, name, *value, separator))
            return false;
        m_found.push_back({value->from, value->to, kind, {}, true, value->isNumber});
        m_names.skipTo(value->to);
        return true;
    }

    void takeAssigned(const SecretName &name, qsizetype at, bool isQuotedName, bool isQuery) {
        const char sign = m_view.at(at);
        qsizetype behind = at + 1;
        if (sign == ':' && m_view.at(behind) == ':') // a scope of C++
            return;
        while (m_view.at(behind) == '=' || (m_view.at(behind) == '>' && behind == at + 1))
            ++behind;
        const Separator separator =
            sign == '=' || m_view.at(at + 1) == '=' ? Separator::Equals : Separator::Colon;
        const bool isMember = isQuotedName && sign == ':' && m_view.at(name.to) != '\'';
        const qsizetype value = isMember ? skipSpace(behind) : m_values.skipBlanks(behind);
        if (isMember && m_view.at(value) == '[')
            takeElements(name, value + 1);
        else if (isMember && m_view.at(value) == '{')
            takeInner(name, value + 1);
        else if (name.kind == NameKind::Authorization || name.kind == NameKind::Cookie)
            takeHeader(name, value, separator);
        else if (isMember)
            take(name, m_values.readMember(value), Separator::Equals);
        else if (isLineEnd(blockStart(value)))
            takeBlock(name, value);
        else
            takeChanged(name, value, isQuery, separator);
    }

    // password = "old" -> "new", as plans of changes have it
    void takeChanged(const SecretName &name, qsizetype at, bool isQuery, Separator separator) {
        const auto value = m_values.read(at, isQuery);
        take(name, value, separator);
        if (!value)
            return;
        qsizetype behind = m_values.skipBlanks(value->to + (value->isQuoted ? 1 : 0));
        if ((m_view.at(behind) != '-' && m_view.at(behind) != '=') || m_view.at(behind + 1) != '>')
            return;
        behind = m_values.skipBlanks(behind + 2);
        if (m_values.isQuote(behind))
            take(name, m_values.read(behind, false), separator);
    }

    [[nodiscard]] qsizetype skipSpace(qsizetype at) const {
        const qsizetype most = at + kMostBetween;
        while (at < m_view.size() && at < most && isSpaceOrControl(m_view.at(at)) &&
               m_view.at(at) != kOuterQuote)
            ++at;
        return at;
    }

    void takeElements(const SecretName &name, qsizetype at) {
        for (int i = 0; i < kMostElements; ++i) {
            at = skipSpace(at);
            if (!m_values.isQuote(at))
                return;
            const auto value = m_values.read(at, false);
            if (!value) {
                at += 2; // an empty one
            } else {
                take(name, value, Separator::Equals);
                at = value->to + 1;
            }
            at = skipSpace(at);
            if (m_view.at(at) != ',')
                return;
            ++at;
        }
    }

    // {"password": {"value": "x"}}, {"tokens": {"ci": "x"}}, whatever members stand before it.
    void takeInner(const SecretName &name, qsizetype at) {
        const bool isPlural = toLower(m_view.at(name.to - 1)) == 's';
        for (int i = 0; i < kMostElements; ++i) {
            at = skipSpace(at);
            const auto member = m_values.isQuote(at) ? m_values.read(at, false) : std::nullopt;
            if (!member)
                return;
            at = skipSpace(member->to + 1);
            if (m_view.at(at) != ':')
                return;
            at = skipSpace(at + 1);
            const auto value = m_values.readMember(at);
            if (!value)
                return;
            const bool isOneOfMany = isPlural && looksRandom(m_view, value->from, value->to);
            if (isOneOfMany || isNameOfValue(m_view, member->from, member->to))
                take(name, value, Separator::Equals);
            at = skipSpace(value->to + (value->isQuoted ? 1 : 0));
            if (m_view.at(at) != ',')
                return;
            ++at;
        }
    }

    // Authorization: SCHEME CREDENTIALS. Of a cookie everything.
    void takeHeader(const SecretName &name, qsizetype at, Separator separator) {
        auto value = m_values.readLine(at);
        if (!value)
            return;
        const char *kind = "credentials in a header";
        if (name.kind == NameKind::Authorization) {
            qsizetype scheme = value->from;
            while (scheme < value->to && (isAlnum(m_view.at(scheme)) || m_view.at(scheme) == '-'))
                ++scheme;
            if (scheme > value->from && isBlank(m_view.at(scheme)) && scheme < value->to) {
                if (m_values.startsWith(value->from, "bearer "))
                    kind = "bearer token";
                else if (m_values.startsWith(value->from, "basic "))
                    kind = "basic credentials";
                value->from = m_values.skipBlanks(scheme);
            }
        }
        value->isQuoted = true; // its end is known, and blanks belong to it
        take(name, value, separator, kind);
    }

    // YAML: the character behind "|", ">-" and the like.
    [[nodiscard]] char blockStart(qsizetype at) const {
        while (m_view.at(at) == '|' || m_view.at(at) == '>' || m_view.at(at) == '-' || m_view.at(at) == '+')
            ++at;
        return m_view.at(at);
    }

    void takeBlock(const SecretName &name, qsizetype at) {
        qsizetype line = skipSpace(m_view.bytes().indexOf('\n', at));
        if (m_view.at(line) == '-' && isBlank(m_view.at(line + 1))) // a list of them
            line = m_values.skipBlanks(line + 1);
        if (line <= 0 || !isBlank(m_view.at(line - 1)))
            return;
        const auto value = m_values.read(line, false);
        const qsizetype behind = value ? value->to + (value->isQuoted ? 1 : 0) : 0;
        if (value && (behind >= m_view.size() || isLineEnd(m_view.at(behind)) || m_values.isQuote(behind)) &&
            m_view.at(behind - 1) != ':')
            take(name, value, Separator::Colon);
    }

    // <password>x</password>, <password type="t">x</password>, <key>Password</key><string>x</string>
    bool takeMarkup(const SecretName &name) {
        const char before = m_view.at(name.from - 1);
        qsizetype at = name.to;
        if (before == '<' && isBlank(m_view.at(at))) {
            const qsizetype most = at + kMostBetween;
            while (at < most && at < m_view.size() && m_view.at(at) != '>')
                ++at;
        }
        if ((before == '<' || before == ':') && m_view.at(at) == '>')
            return take(name, m_values.readElement(at + 1), Separator::Markup);
        if (m_values.isQuote(at) && m_view.at(at + 1) == '>') // <entry key="password">x</entry>
            return take(name, m_values.readElement(at + 2), Separator::Markup);
        if (!m_values.startsWith(at, "</key>") && !m_values.startsWith(at, "</name>"))
            return false;
        at = skipSpace(m_view.bytes().indexOf('>', at) + 1);
        const qsizetype length = m_values.startsWith(at, "<string>")  ? 8
                                 : m_values.startsWith(at, "<value>") ? 7
                                                                      : 0;
        return length > 0 && take(name, m_values.readElement(at + length), Separator::Markup);
    }

    // --password x; "--password","x" of a list of arguments
    void takeFlag(const SecretName &name, qsizetype behind, bool isQuotedName) {
        qsizetype at = m_values.skipBlanks(behind);
        if (isQuotedName && m_view.at(at) == ',')
            at = skipSpace(at + 1);
        else if (at == behind || isQuotedName)
            return;
        if (m_view.at(at) == '\\' && isLineEnd(m_view.at(at + 1))) // the command goes on in the next line
            at = skipSpace(at + 1);
        if (m_view.at(at) != '-')
            take(name, m_values.read(at, false), Separator::Flag);
    }

    // SQL: PASSWORD 'x'; netrc: login u password x; a line of a configuration: requirepass x
    void takeBehindBlank(const SecretName &name, qsizetype at) {
        if (takeTold(name, at) || takeAsked(name, at))
            return;
        const auto value = m_values.read(at, false);
        if (!value)
            return;
        if (value->isQuoted) {
            if (name.kind == NameKind::Password)
                take(name, value, Separator::Blank);
            return;
        }
        const NameContext context = contextOf(m_view, name.from);
        if (context == NameContext::Login) {
            take(name, value, Separator::Equals);
            return;
        }
        if (context == NameContext::Set ||
            (context == NameContext::Setting && looksRandom(m_view, value->from, value->to))) {
            take(name, value, Separator::Flag);
            return;
        }
        const bool isOnlyWord = m_values.skipBlanks(m_values.lineStart(name.from)) == name.from &&
                                (value->to >= m_view.size() || isLineEnd(m_view.at(value->to)));
        if (isOnlyWord)
            take(name, value, Separator::Blank);
    }

    // A server that made one: "the password is x", "root password is: 'x'".
    bool takeTold(const SecretName &name, qsizetype at) {
        const qsizetype verb = m_values.startsWith(at, "is")       ? at + 2
                               : m_values.startsWith(at, "lautet") ? at + 6
                                                                   : -1;
        if (verb < 0)
            return false;
        const qsizetype behind = m_view.at(verb) == ':' ? verb + 1 : verb;
        const qsizetype told = m_values.skipBlanks(behind);
        if (told == behind)
            return false;
        const auto value = m_values.read(told, false);
        return value && (value->isQuoted || looksRandom(m_view, value->from, value->to)) &&
               take(name, value, Separator::Blank);
    }

    // What was typed at a prompt: "Enter passphrase for key: x"; SET PASSWORD FOR u = 'x'.
    bool takeAsked(const SecretName &name, qsizetype at) {
        if (!m_values.startsWith(at, "for "))
            return false;
        const qsizetype most = std::min(m_view.size(), at + kMostBetween);
        while (at < most && m_view.at(at) != ':' && m_view.at(at) != '=' && !isLineEnd(m_view.at(at)))
            ++at;
        if ((m_view.at(at) != ':' && m_view.at(at) != '=') || !isBlank(m_view.at(at + 1)))
            return false;
        const auto value = m_values.read(m_values.skipBlanks(at + 1), false);
        return value && looksRandom(m_view, value->from, value->to) && take(name, value, Separator::Blank);
    }

    const TextView &m_view;
    SecretNames m_names;
    ValueReader m_values;
    FoundSecrets &m_found;
};

} // namespace

void findNamedSecrets(const TextView &view, FoundSecrets &found) {
    NamedSecrets(view, found).find();
}

} // namespace slipway
