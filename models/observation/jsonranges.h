// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <vector>

namespace slipway {

/// Where something stands in a text, in bytes.
struct ByteRange {
    qsizetype offset = 0;
    qsizetype length = 0;

    friend bool operator==(const ByteRange &, const ByteRange &) = default;
};

/// Where the member at `path` stands, from its key's quote to its value's end. QJsonDocument has values but
/// not where they came from. `json` should be valid JSON; of other bytes it finds nothing, or a range inside.
[[nodiscard]] std::optional<ByteRange> memberRange(const QByteArray &json, const QStringList &path);

/// Where the members of an object and of the objects in it stand, and the first key that stands twice in one
/// object at any depth: found in one pass, however often one asks. Shares the text, which should be valid
/// JSON; of other bytes the answers mean nothing. Memory: some 60 bytes a member.
class JsonIndex {
public:
    explicit JsonIndex(const QByteArray &json);

    /// From the key's quote to the value's end; `path` has one or two keys.
    [[nodiscard]] std::optional<ByteRange> rangeOf(const QStringList &path) const;
    [[nodiscard]] const std::optional<QString> &doubledKey() const { return m_doubled; }

private:
    struct Member {
        size_t hash = 0;
        ByteRange range;
        int keyLength = 0; ///< of the key with its quotes, with which the range begins
        int inner = -1;    ///< in m_inner, where its value is an object
    };
    using Members = std::vector<Member>; ///< by hash and key, once the object has ended
    [[nodiscard]] QByteArray keyOf(const Member &member) const;
    [[nodiscard]] const Member *find(const Members &members, const QString &name) const;

    QByteArray m_json;
    Members m_members;
    std::vector<Members> m_inner;
    std::optional<QString> m_doubled;

    friend class JsonIndexer;
};

/// The first key that stands twice in one object. Readers disagree on which of the two counts, so such a text
/// contradicts itself. `json` should be valid JSON; of other bytes the answer means nothing.
[[nodiscard]] std::optional<QString> doubledKey(const QByteArray &json);

} // namespace slipway
