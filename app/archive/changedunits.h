// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>

namespace slipway {

class Database;

/// The units of an archive (rowseals.h) that are not what its chain says. Only a chain that is whole can
/// tell; of a damaged one no unit counts as changed. Reads the whole archive once, on the database's thread.
class ChangedUnits {
public:
    explicit ChangedUnits(Database &database);

    /// `subject`: UnitSeal::subject.
    [[nodiscard]] bool contains(const QString &table, const QString &subject, const QString &campaign) const {
        return m_units.contains(table + subject + campaign);
    }

private:
    QSet<QString> m_units;
};

} // namespace slipway
