// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <utility>
#include <vector>

namespace slipway {

/// The last link of each unit of rows, by some 70 bytes a unit: an archive of 50,000 campaigns has some
/// 600,000.
class ChainIndex {
public:
    /// In the order of the chain: a later link of the same unit takes the place of an earlier one.
    void add(qint64 seq, const QString &campaign, const QString &kind, const QString &subject,
             const QString &sha256);

    enum class Found { Same, Other, Never };
    /// Compares a unit's rows with its last link, which then counts as seen. No hash: it has no rows, which
    /// is the same as what a link of a unit that was removed says.
    Found compare(const QString &campaign, const QString &kind, const QString &subject,
                  const QString &sha256);
    /// The numbers of the links whose rows were not seen, though they should be there.
    [[nodiscard]] std::vector<qint64> unseen() const;

private:
    using Digest = std::pair<quint64, quint64>;
    struct Entry {
        qint64 seq = 0;
        Digest rows{}; ///< zero: there is none any more
        bool seen = false;
    };
    static Digest unitOf(const QString &campaign, const QString &kind, const QString &subject);
    static Digest rowsOf(const QString &sha256);

    QHash<Digest, Entry> m_entries;
};

} // namespace slipway
