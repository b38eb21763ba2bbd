// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/chainindex.h"

#include "app/core/sha256.h"

#include <QByteArray>

#include <algorithm>
#include <utility>

namespace slipway {

ChainIndex::Digest ChainIndex::unitOf(const QString &campaign, const QString &kind, const QString &subject) {
    QByteArray text;
    for (const QString &part : {campaign, kind, subject}) {
        const QByteArray bytes = part.toUtf8();
        text += QByteArray::number(bytes.size()) + ':' + bytes;
    }
    Sha256 hash;
    hash.add(text);
    return rowsOf(QString::fromLatin1(hash.hex()));
}

ChainIndex::Digest ChainIndex::rowsOf(const QString &sha256) {
    const QStringView digits(sha256);
    return {digits.left(16).toULongLong(nullptr, 16), digits.mid(16, 16).toULongLong(nullptr, 16)};
}

void ChainIndex::add(qint64 seq, const QString &campaign, const QString &kind, const QString &subject,
                     const QString &sha256) {
    m_entries.insert(unitOf(campaign, kind, subject), {seq, rowsOf(sha256), false});
}

ChainIndex::Found ChainIndex::compare(const QString &campaign, const QString &kind, const QString &subject,
                                      const QString &sha256) {
    const auto it = m_entries.find(unitOf(campaign, kind, subject));
    if (it == m_entries.end())
        return Found::Never;
    it->seen = true;
    return it->rows == rowsOf(sha256) ? Found::Same : Found::Other;
}

std::vector<qint64> ChainIndex::unseen() const {
    std::vector<qint64> seqs;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (!entry.seen && entry.rows != Digest{})
            seqs.push_back(entry.seq);
    }
    std::sort(seqs.begin(), seqs.end());
    return seqs;
}

} // namespace slipway
