// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/jsonranges.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <vector>

namespace slipway {

namespace {

// Reads forward over bytes that are believed to be JSON; never past their end, and without recursion.
class Scanner {
public:
    explicit Scanner(const QByteArray &json) : m_json(json) {
        if (m_json.startsWith("\xef\xbb\xbf"))
            m_at = 3;
    }

    [[nodiscard]] qsizetype at() const { return m_at; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_json.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_json.at(m_at); }
    void skip() { ++m_at; }

    void skipSpace() {
        while (!atEnd() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            skip();
    }

    bool take(char wanted) {
        skipSpace();
        if (peek() != wanted || atEnd())
            return false;
        skip();
        return true;
    }

    // A string with its quotes, as a view into the text; empty when there is none.
    QByteArray takeString() {
        skipSpace();
        const qsizetype from = m_at;
        if (!take('"'))
            return {};
        while (!atEnd() && peek() != '"')
            m_at += peek() == '\\' ? 2 : 1;
        if (atEnd())
            return {};
        skip();
        return QByteArray::fromRawData(m_json.constData() + from, m_at - from);
    }

    void skipValue() {
        skipSpace();
        qsizetype depth = 0;
        do {
            skipSpace();
            const char c = peek();
            if (c == '"') {
                if (takeString().isEmpty())
                    m_at = m_json.size();
            } else if (c == '{' || c == '[') {
                ++depth;
                skip();
            } else if (c == '}' || c == ']') {
                --depth;
                skip();
            } else if (c == ',' || c == ':') {
                skip();
            } else {
                skipScalar();
            }
        } while (depth > 0 && !atEnd());
    }

private:
    void skipScalar() {
        while (!atEnd() && QByteArrayView(",:]}\"[{ \t\n\r").indexOf(peek()) < 0)
            skip();
    }

    const QByteArray &m_json;
    qsizetype m_at = 0;
};

QString keyText(const QByteArray &quoted) {
    if (!quoted.contains('\\'))
        return QString::fromUtf8(quoted.mid(1, quoted.size() - 2));
    return QJsonDocument::fromJson('[' + quoted + ']').array().at(0).toString();
}

// As UTF-8; a view where nothing is escaped.
QByteArray keyBytes(const QByteArray &quoted) {
    return quoted.contains('\\') ? keyText(quoted).toUtf8()
                                 : QByteArray::fromRawData(quoted.constData() + 1, quoted.size() - 2);
}

// Goes to the value of `key` in the object that begins here; tells where the key stands.
std::optional<qsizetype> enter(Scanner &scanner, const QString &key) {
    if (!scanner.take('{'))
        return std::nullopt;
    do {
        scanner.skipSpace();
        const qsizetype from = scanner.at();
        const QByteArray quoted = scanner.takeString();
        if (quoted.isEmpty() || !scanner.take(':'))
            return std::nullopt;
        if (keyText(quoted) == key)
            return from;
        scanner.skipValue();
    } while (scanner.take(','));
    return std::nullopt;
}

} // namespace

std::optional<ByteRange> memberRange(const QByteArray &json, const QStringList &path) {
    Scanner scanner(json);
    std::optional<qsizetype> from;
    for (const QString &key : path) {
        from = enter(scanner, key);
        if (!from)
            return std::nullopt;
    }
    if (!from)
        return std::nullopt;
    scanner.skipValue();
    return ByteRange{*from, scanner.at() - *from};
}

std::optional<QString> doubledKey(const QByteArray &json) {
    struct Level {
        bool isObject = false;
        bool keyIsNext = false;
        QSet<QByteArray> keys;
    };
    std::vector<Level> levels;
    for (Scanner scanner(json); !scanner.atEnd();) {
        scanner.skipSpace();
        const char c = scanner.peek();
        if (c == '"') {
            const QByteArray quoted = scanner.takeString();
            if (quoted.isEmpty())
                return std::nullopt;
            if (levels.empty() || !levels.back().keyIsNext)
                continue;
            levels.back().keyIsNext = false;
            const QByteArray key = keyBytes(quoted);
            if (levels.back().keys.contains(key))
                return QString::fromUtf8(key);
            levels.back().keys.insert(key);
            continue;
        }
        if (c == '{' || c == '[')
            levels.push_back({c == '{', c == '{', {}});
        else if ((c == '}' || c == ']') && !levels.empty())
            levels.pop_back();
        else if (c == ',' && !levels.empty())
            levels.back().keyIsNext = levels.back().isObject;
        scanner.skip();
    }
    return std::nullopt;
}

} // namespace slipway
