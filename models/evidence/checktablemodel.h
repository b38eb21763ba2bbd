// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

#include <QAbstractTableModel>

namespace slipway {

/// The checks of a judgement as a table. Takes whole lists.
class CheckTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Result, Id, Expected, Actual, N, Source, ColumnCount };
    enum Role { OutcomeRole = Qt::UserRole }; ///< int of Check::Outcome

    using QAbstractTableModel::QAbstractTableModel;

    void setChecks(const QList<Check> &checks);
    [[nodiscard]] const QList<Check> &checks() const { return m_checks; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<Check> m_checks;
};

} // namespace slipway
