// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/namedsecrets.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/listedvalues.h"
#include "models/redaction/namecontext.h"
#include "models/redaction/pairedvalue.h"
#include "models/redaction/secretname.h"
#include "models/redaction/statedvalue.h"
#include "models/redaction/valuereader.h"
#include "models/redaction/valuetest.h"

#include <string_view>
#include <vector>

namespace slipway {

namespace {

constexpr const char *kAssigned = "assigned secret";
constexpr qsizetype kMaxBetween = 80; // characters between a name and its value
constexpr int kMaxElements = 1000;

class NamedSecrets {
public:
    NamedSecrets(const TextView &view, FoundSecrets &found)
        : m_view(view), m_names(view), m_values(view), m_found(found) {}

    void find() {
        while (const auto name = m_names.next())
            takeValueOf(*name);
    }

private:
    struct Sign {
        qsizetype behind = 0;
        Separator separator = Separator::Equals;
    };

    // What assigns a value: = == := ::= ?= += ||= ??= => : -> <-. Not the scope "::", nor
    // "password->clear()".
    [[nodiscard]] std::optional<Sign> signAt(qsizetype at) const {
        qsizetype equals = at;
        while (equals < at + 2 &&
               std::string_view(":?|+&.").find(m_view.at(equals)) != std::string_view::npos)
            ++equals;
        if (m_view.at(equals) == '=') {
            while (m_view.at(equals) == '=')
                ++equals;
            const bool isArrow = m_view.at(equals) == '>';
            return Sign{isArrow ? equals + 1 : equals, isArrow ? Separator::Colon : Separator::Equals};
        }
        if (m_view.at(at) == ':')
            return m_view.at(at + 1) == ':' ? std::nullopt : std::optional(Sign{at + 1, Separator::Colon});
        qsizetype head = at;
        while (head < at + 3 && (m_view.at(head) == '-' || m_view.at(head) == '~'))
            ++head;
        const bool isArrow = (head > at && m_view.at(head) == '>') || m_values.startsWith(at, "<-");
        const qsizetype behind = head > at ? head + 1 : at + 2;
        const bool isApart = isBlank(m_view.at(behind)) || m_values.isQuote(behind);
        return isArrow && isApart ? std::optional(Sign{behind, Separator::Colon}) : std::nullopt;
    }

    bool takeStated(const SecretName &name) {
        return take(name, statedValue(m_view, m_values, name), Separator::Blank);
    }

    void takeValueOf(const SecretName &name) {
        const bool isQuery = m_view.at(name.from - 1) == '?' || m_view.at(name.from - 1) == '&';
        const bool isParameter = name.kind == NameKind::Parameter;
        if (isParameter && !isQuery && !isSigned(name))
            return;
        if (takeMarkup(name) || (!isParameter && !name.isShort() && takeStated(name)))
            return;
        const bool isQuotedName = m_values.isQuote(name.to);
        qsizetype behind = isQuotedName ? name.to + 1 : name.to;
        if (m_view.at(behind) == ']')
            ++behind;
        const qsizetype at = m_values.skipBlanks(behind);
        const bool isChecked = // ${NAME:?text for when it is not set}
            m_values.startsWith(name.from - 2, "${") && m_values.startsWith(at, ":?");
        if (isChecked)
            return;
        if (const auto sign = signAt(at)) {
            takeAssigned(name, *sign, isQuotedName, isQuery);
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
        if (!isQuotedName && at > name.to && !name.isShort() && !isParameter)
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

    void takeAll(const SecretName &name, const std::vector<SecretValue> &values) {
        for (const SecretValue &value : values)
            take(name, value, Separator::Equals);
    }

    void takeAssigned(const SecretName &name, const Sign &sign, bool isQuotedName, bool isQuery) {
        const bool isMember =
            isQuotedName && sign.separator == Separator::Colon && m_view.at(name.to) != '\'';
        const qsizetype value = isMember ? skipSpace(m_view, sign.behind) : m_values.skipBlanks(sign.behind);
        const bool isPlural = toLower(m_view.at(name.to - 1)) == 's';
        const bool isQuotedList = m_values.isQuote(skipSpace(m_view, value + 1)); // whatever opens it
        const char opens = m_view.at(value);
        if ((opens == '[' && (isMember || isPlural || isQuotedList)) ||
            (opens == '(' && isPlural && isQuotedList))
            takeAll(name, elementsAt(m_view, m_values, name, value));
        else if (opens == '{' && (isMember || isPlural))
            takeAll(name, membersAt(m_view, m_values, name, value));
        else if (name.kind == NameKind::Authorization || name.kind == NameKind::Cookie)
            takeHeader(name, value, sign.separator);
        else if (isMember)
            take(name, m_values.readMember(value), Separator::Equals);
        else if (isLineEnd(blockStart(value)))
            takeBlock(name, value);
        else if (!name.isPhrase || !takePhrase(name, value))
            takeChanged(name, value, isQuery, sign.separator);
    }

    // passphrase: correct horse battery staple
    bool takePhrase(const SecretName &name, qsizetype at) {
        auto value = m_values.readLine(at);
        if (!value || value->isQuoted || !isPhrase(m_view, value->from, value->to))
            return false;
        value->isQuoted = true; // its end is known, and blanks belong to it
        return take(name, value, Separator::Colon);
    }

    // password = "old" -> "new", as plans of changes have it; password = getenv("NAME") || "default"
    void takeChanged(const SecretName &name, qsizetype at, bool isQuery, Separator separator) {
        const auto value = m_values.read(at, isQuery);
        take(name, value, separator);
        if (!value)
            return;
        const bool isCall = m_view.at(value->to - 1) == '(' && m_values.isQuote(value->to);
        const qsizetype behind = m_values.skipBlanks(isCall            ? callEnd(value->to)
                                                     : value->isQuoted ? value->to + 1
                                                                       : value->to);
        for (const char *sign : {"-> ", "=> ", "|| ", "or ", "?? ", "?: "}) {
            const qsizetype next = m_values.skipBlanks(behind + 2);
            if (m_values.startsWith(behind, sign) && m_values.isQuote(next)) {
                take(name, m_values.read(next, false), separator);
                return;
            }
        }
    }

    // getenv("NAME") ends behind its bracket.
    [[nodiscard]] qsizetype callEnd(qsizetype at) const {
        const qsizetype max = std::min(m_view.size(), at + kMaxBetween);
        while (at < max && m_view.at(at) != ')' && !isLineEnd(m_view.at(at)))
            ++at;
        return at + 1;
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

    // A value on the next line, or a list of them.
    void takeBlock(const SecretName &name, qsizetype at) {
        for (int i = 0; i < kMaxElements; ++i) {
            qsizetype line = skipSpace(m_view, m_view.bytes().indexOf('\n', at));
            const bool isElement = m_view.at(line) == '-' && isBlank(m_view.at(line + 1));
            if (i > 0 && !isElement)
                return;
            line = isElement ? m_values.skipBlanks(line + 1) : line;
            if (line <= 0 || !isBlank(m_view.at(line - 1)) || (name.isPhrase && takePhrase(name, line)))
                return;
            const auto value = m_values.read(line, false);
            const qsizetype behind = value ? value->to + (value->isQuoted ? 1 : 0) : 0;
            const bool isOver =
                behind >= m_view.size() || isLineEnd(m_view.at(behind)) || m_values.isQuote(behind);
            if (!value || !isOver || m_view.at(behind - 1) == ':')
                return;
            take(name, value, Separator::Colon);
            at = behind;
            if (!isElement || !isLineEnd(m_view.at(at)))
                return;
        }
    }

    // <password>x</password>, <password type="t">x</password>, <key>Password</key><string>x</string>
    bool takeMarkup(const SecretName &name) {
        const char before = m_view.at(name.from - 1);
        qsizetype at = name.to;
        if (before == '<' && isBlank(m_view.at(at))) {
            const qsizetype max = at + kMaxBetween;
            while (at < max && at < m_view.size() && m_view.at(at) != '>')
                ++at;
        }
        if ((before == '<' || before == ':') && m_view.at(at) == '>')
            return take(name, m_values.readElement(at + 1), Separator::Markup);
        if (m_values.isQuote(at) && m_view.at(at + 1) == '>') // <entry key="password">x</entry>
            return take(name, m_values.readElement(at + 2), Separator::Markup);
        if (!m_values.startsWith(at, "</key>") && !m_values.startsWith(at, "</name>"))
            return false;
        at = skipSpace(m_view, m_view.bytes().indexOf('>', at) + 1);
        const qsizetype length = m_values.startsWith(at, "<string>")  ? 8
                                 : m_values.startsWith(at, "<value>") ? 7
                                                                      : 0;
        return length > 0 && take(name, m_values.readElement(at + length), Separator::Markup);
    }

    // --password x; "--password","x" of a list of arguments
    void takeFlag(const SecretName &name, qsizetype behind, bool isQuotedName) {
        qsizetype at = m_values.skipBlanks(behind);
        if (isQuotedName && m_view.at(at) == ',')
            at = skipSpace(m_view, at + 1);
        else if (at == behind || isQuotedName)
            return;
        if (m_view.at(at) == '\\' && isLineEnd(m_view.at(at + 1))) // the command goes on in the next line
            at = skipSpace(m_view, at + 1);
        if (m_view.at(at) != '-')
            take(name, m_values.read(at, false), Separator::Flag);
    }

    // SQL: PASSWORD 'x'; netrc: login u password x; a line of a configuration: requirepass x
    void takeBehindBlank(const SecretName &name, qsizetype at) {
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
