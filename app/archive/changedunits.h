// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace slipway {

class SqliteConnection;

/// A unit of rows (rowseals.h), by name.
struct UnitName {
    QString table;
    QString subject; ///< UnitSeal::subject
    QString campaign;
};

/// The units of an archive that are not what its chain says. Only a chain that is whole can show what was
/// changed; of a damaged one no unit counts as changed. Reads the whole archive once, on the database's
/// thread.
class ChangedUnits {
public:
    explicit ChangedUnits(SqliteConnection &database);

    /// Those that the links that can be read name, and that no table that can be read has.
    [[nodiscard]] const QList<UnitName> &missing() const { return m_missing; }

    /// `subject`: UnitSeal::subject.
    [[nodiscard]] bool contains(const QString &table, const QString &subject, const QString &campaign) const {
        return m_units.contains(table + subject + campaign);
    }
    /// Of such a unit: whether it is in place of one that was recorded, and did not come on top.
    [[nodiscard]] bool wasRecorded(const QString &table, const QString &subject,
                                   const QString &campaign) const {
        return m_units.value(table + subject + campaign);
    }

private:
    QHash<QString, bool> m_units; ///< and whether they were recorded
    QList<UnitName> m_missing;
};

} // namespace slipway
