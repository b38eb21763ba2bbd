// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentalviews.h"

namespace slipway {

/// Destroys provisioned fleets, those that are overdue, and what nobody claims. Blocks, on the thread of one
/// operation.
class RentalRemoval {
public:
    /// `reporter` makes the handler for the progress of a fleet; `changed` is called when a fleet was
    /// destroyed, or could not be.
    RentalRemoval(RentalAccess access, std::function<ReportRental(const QString &name)> reporter,
                  std::function<void(const QString &name)> changed);

    /// `shown`: the servers that a person said yes to; others being there by now is refused. Nothing: without
    /// a person. `abandoned`: the campaign that has not ended on it and that a person abandons; another one
    /// being there is refused.
    Result<void> destroy(const QString &name, const std::optional<QList<qint64>> &shown,
                         const QString &abandoned);
    /// What was ordered destroyed and is not gone, and fleets that are not kept and whose campaign is one of
    /// `ended`. Answers with their names, or with why some are still there; asks for no token when there are
    /// none.
    Result<QStringList> destroyOverdue(const QStringList &ended);
    /// As viewOrphans() with `chosen`, and destroys that.
    Result<OrphanView> destroyOrphans(const QStringList &chosen);

private:
    RentalAccess m_access;
    std::function<ReportRental(const QString &name)> m_reporter;
    std::function<void(const QString &name)> m_changed;
};

} // namespace slipway
