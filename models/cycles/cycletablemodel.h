// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"

#include <QAbstractTableModel>

namespace slipway {

/// Whether a cycle kept what it acknowledged. Unknown is its own answer, never a pass.
enum class CycleOutcome { Kept, Lost, Unknown };
[[nodiscard]] CycleOutcome outcomeOf(const Cycle &cycle);

/// Cycles as a table that grows at its end. An absent number is shown as "–".
class CycleTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Number,
        Fault,
        Writes,
        Acked,
        QuorumNotMet,
        Failed,
        Durable,
        Converged,
        InFlight,
        Settle,
        ColumnCount
    };
    enum Role { OutcomeRole = Qt::UserRole }; ///< int of CycleOutcome

    using QAbstractTableModel::QAbstractTableModel;

    void setCycles(const QList<Cycle> &cycles);
    void append(const QList<Cycle> &cycles);
    [[nodiscard]] const QList<Cycle> &cycles() const { return m_cycles; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<Cycle> m_cycles;
};

} // namespace slipway
