// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <vector>

namespace slipway {

/// The last link of each unit of rows, by 40 bytes a link: an archive of 50,000 campaigns has some 600,000.
/// Links are added in the order of the chain; then sort(), then look them up.
class ChainIndex {
public:
    void add(qint64 seq, const QString &campaign, const QString &kind, const QString &subject,
             const QString &sha256);
    void sort();

    enum class Found { Same, Other, Never };
    /// Compares a unit's rows with its last link, which then counts as seen.
    Found compare(const QString &campaign, const QString &kind, const QString &subject,
                  const QString &sha256);
    /// The numbers of the links whose rows were not seen, though they should be there.
    [[nodiscard]] std::vector<qint64> unseen() const;

private:
    using Digest = std::array<quint64, 2>;
    struct Entry {
        Digest unit;
        qint64 seq;
        Digest rows; ///< zero: there is none any more
        bool seen = false;
    };
    static Digest unitOf(const QString &campaign, const QString &kind, const QString &subject);
    static Digest rowsOf(const QString &sha256);

    std::vector<Entry> m_entries;
};

} // namespace slipway
