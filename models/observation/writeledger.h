// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/observation.h"

#include <QHash>
#include <QSet>

namespace slipway {

/// What a write carries: "slipway " and SHA-256 of "key:id:length" in hex, again and again, cut at the
/// length. The phase programs make the same (resources/phases/rows.sh).
[[nodiscard]] QByteArray writtenContent(const QString &key, const QString &id, qint64 length);

/// What is wrong with a node that answers "endless": true.
inline const QString kEndlessPages =
    QStringLiteral("its pages have no end: behind the last row come old ones");

/// Which acknowledged writes a node holds, from the observations of one burst. A node holds a write when it
/// answered a row of that id with the content that was derived for it, and when its own database holds that
/// content too; a row of a right id and another content is a changed one. Streams without contents (from
/// before they were derived) are compared by ids, and prove less. Pure.
class WriteLedger {
public:
    /// Of the stream: the key that contents derive from. The first one counts.
    void begin(const Observation &observation);
    void addWrite(const Observation &observation);
    void addHeld(const Observation &observation);
    void addOwn(const Observation &observation);
    /// Forgets writes and nodes, not the key.
    void clear();

    struct Holding {
        QSet<QString> ids;  ///< acknowledged writes that this node holds
        qint64 changed = 0; ///< acknowledged writes that it answered with another content
        qint64 notOwn = 0;  ///< acknowledged writes that it answered and its own database does not hold
    };
    /// Absent when the node was not asked, when its database was not looked at, or when it is said to hold
    /// this and that.
    [[nodiscard]] std::optional<Holding> holdingOf(const QString &node) const;
    [[nodiscard]] const QHash<QString, QString> &acknowledged() const {
        return m_acked;
    } ///< id → digest, may be empty

private:
    struct Node {
        std::optional<QHash<QString, QString>>
            rows; ///< id → digest of the content; empty: without contents, or two of them
        bool contents = false;
        bool contradicts = false;
        std::optional<QSet<QString>> roots;
    };

    QString m_key;
    QHash<QString, QString> m_acked;
    QHash<QString, QString> m_roots; ///< id → first digits of what its content is made of
    QHash<QString, Node> m_nodes;
    bool m_contents = false; ///< writes carry the hash of their content
};

} // namespace slipway
