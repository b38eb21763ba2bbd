// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/jsonranges.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <cstring>
#include <utility>

namespace slipway {

namespace {

// Reads forward over bytes that are believed to be JSON; never past their end, and without recursion. By
// pointers: every line of a stream comes through here, and without optimisation an accessor is a call.
class Scanner {
public:
    explicit Scanner(const QByteArray &json)
        : m_begin(json.constData()), m_end(m_begin + json.size()), m_next(m_begin) {
        if (json.startsWith("\xef\xbb\xbf"))
            m_next += 3;
    }

    [[nodiscard]] qsizetype at() const { return m_next - m_begin; }
    [[nodiscard]] bool atEnd() const { return m_next == m_end; }
    [[nodiscard]] char peek() const { return m_next == m_end ? '\0' : *m_next; }
    void skip() { ++m_next; } // what peek() found

    void skipSpace() {
        while (m_next != m_end && (*m_next == ' ' || *m_next == '\t' || *m_next == '\n' || *m_next == '\r'))
            ++m_next;
    }

    bool take(char expected) {
        skipSpace();
        if (m_next == m_end || *m_next != expected)
            return false;
        ++m_next;
        return true;
    }

    // A string with its quotes, as a view into the text; empty when there is none.
    QByteArray takeString() {
        skipSpace();
        const char *from = m_next;
        if (!take('"'))
            return {};
        while (m_next != m_end && *m_next != '"') {
            if (*m_next == '\\' && m_next + 1 != m_end)
                ++m_next;
            ++m_next;
        }
        if (m_next == m_end)
            return {};
        ++m_next;
        return QByteArray::fromRawData(from, m_next - from);
    }

    void skipValue() {
        skipSpace();
        qsizetype depth = 0;
        do {
            skipSpace();
            const char c = peek();
            if (c == '"') {
                (void)takeString(); // one that has no end takes all that is left
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

    // Up to the next sign that a text's structure is made of, or blank.
    void skipScalar() {
        static constexpr char kEnds[] = {',', ':', ']', '}', '"', '[', '{', ' ', '\t', '\n', '\r'};
        while (m_next != m_end && !std::memchr(kEnds, *m_next, sizeof kEnds))
            ++m_next;
    }

private:
    const char *m_begin;
    const char *m_end;
    const char *m_next;
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

// Goes to the value of `key` in the object that begins here; returns where the key stands.
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

// One pass over the text, without recursion. The keys of an object are sorted when it ends: a table of a
// million keys is larger than a processor's caches, and looking each of them up takes several times as long.
class JsonIndexer {
public:
    JsonIndexer(JsonIndex &index, const QByteArray &json) : m_index(index), m_scanner(json) {}

    void run() {
        scan();
        while (!m_levels.empty()) // objects that do not end
            close();
    }

private:
    struct Level {
        bool isObject = false;
        bool keyIsNext = false;
        int inner = -1;               // its members in the index; the outermost has its own
        bool isInMember = false;      // the value of its last member is being read
        JsonIndex::Members members{}; // where the index does not keep them
    };

    void scan() {
        while (!m_scanner.atEnd() && !m_index.m_doubled) {
            m_scanner.skipSpace();
            const char c = m_scanner.peek();
            if (c == '"') {
                if (!string())
                    return;
            } else if (c == '{' || c == '[') {
                open(c == '{');
                m_scanner.skip();
            } else if (c == '}' || c == ']') {
                endMember();
                close();
                m_scanner.skip();
                m_end = m_scanner.at();
            } else if (c == ',') {
                endMember();
                if (!m_levels.empty())
                    m_levels.back().keyIsNext = m_levels.back().isObject;
                m_scanner.skip();
            } else if (c == ':') {
                m_scanner.skip();
            } else {
                m_scanner.skipScalar();
                m_end = m_scanner.at();
            }
        }
    }

    // Kept are those of the outermost object and of the objects right in it.
    JsonIndex::Members &membersOf(Level &level) {
        if (m_levels.size() == 1)
            return m_index.m_members;
        return level.inner >= 0 ? m_index.m_inner[static_cast<size_t>(level.inner)] : level.members;
    }

    void open(bool isObject) {
        Level level;
        level.isObject = level.keyIsNext = isObject;
        if (isObject && m_levels.size() == 1 && m_levels.back().isInMember) {
            level.inner = static_cast<int>(m_index.m_inner.size());
            m_index.m_members.back().inner = level.inner;
            m_index.m_inner.emplace_back();
        }
        m_levels.push_back(std::move(level));
    }

    void close() {
        if (m_levels.empty())
            return;
        if (m_levels.back().isObject)
            sort(membersOf(m_levels.back()));
        m_levels.pop_back();
    }

    // Those of one key follow one another then, in the order of the text.
    void sort(JsonIndex::Members &members) {
        std::sort(members.begin(), members.end(),
                  [&](const JsonIndex::Member &left, const JsonIndex::Member &right) {
                      if (left.hash != right.hash)
                          return left.hash < right.hash;
                      const int order = m_index.keyOf(left).compare(m_index.keyOf(right));
                      return order != 0 ? order < 0 : left.range.offset < right.range.offset;
                  });
        const JsonIndex::Member *first = nullptr; // of those that come a second time
        for (size_t i = 1; i < members.size(); ++i) {
            const JsonIndex::Member &member = members[i];
            if (member.hash == members[i - 1].hash &&
                m_index.keyOf(member) == m_index.keyOf(members[i - 1]) &&
                (!first || member.range.offset < first->range.offset))
                first = &member;
        }
        if (first && !m_index.m_doubled)
            m_index.m_doubled = QString::fromUtf8(m_index.keyOf(*first));
    }

    // A text; false when it does not end.
    bool string() {
        const qsizetype from = m_scanner.at();
        const QByteArray quoted = m_scanner.takeString();
        if (quoted.isEmpty())
            return false;
        m_end = m_scanner.at();
        if (m_levels.empty() || !m_levels.back().keyIsNext)
            return true;
        Level &level = m_levels.back();
        level.keyIsNext = false;
        level.isInMember = true;
        membersOf(level).push_back({qHash(keyBytes(quoted)), {from, 0}, static_cast<int>(quoted.size()), -1});
        return true;
    }

    // The value that was being read on this level, if any, ended with the last token.
    void endMember() {
        if (m_levels.empty() || !m_levels.back().isInMember)
            return;
        ByteRange &range = membersOf(m_levels.back()).back().range;
        range.length = m_end - range.offset;
        m_levels.back().isInMember = false;
    }

    JsonIndex &m_index;
    Scanner m_scanner;
    std::vector<Level> m_levels;
    qsizetype m_end = 0; // of the last token
};

JsonIndex::JsonIndex(const QByteArray &json) : m_json(json) {
    JsonIndexer(*this, m_json).run();
}

QByteArray JsonIndex::keyOf(const Member &member) const {
    return keyBytes(QByteArray::fromRawData(m_json.constData() + member.range.offset, member.keyLength));
}

const JsonIndex::Member *JsonIndex::find(const Members &members, const QString &name) const {
    const QByteArray key = name.toUtf8();
    const size_t hash = qHash(key);
    auto member = std::lower_bound(members.begin(), members.end(), hash,
                                   [](const Member &left, size_t right) { return left.hash < right; });
    while (member != members.end() && member->hash == hash && keyOf(*member) != key)
        ++member;
    return member != members.end() && member->hash == hash ? &*member : nullptr;
}

std::optional<ByteRange> JsonIndex::rangeOf(const QStringList &path) const {
    const Member *member = path.isEmpty() ? nullptr : find(m_members, path.at(0));
    if (!member || path.size() == 1)
        return member ? std::optional(member->range) : std::nullopt;
    if (path.size() != 2 || member->inner < 0)
        return std::nullopt;
    const Member *inner = find(m_inner[static_cast<size_t>(member->inner)], path.at(1));
    return inner ? std::optional(inner->range) : std::nullopt;
}

std::optional<QString> doubledKey(const QByteArray &json) {
    return JsonIndex(json).doubledKey();
}

} // namespace slipway
