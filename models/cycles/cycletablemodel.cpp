// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cycletablemodel.h"

#include <array>

namespace slipway {

namespace {

QVariant alignmentOf(int column) {
    return QVariant::fromValue(column == CycleTableModel::Fault ? Qt::AlignLeft | Qt::AlignVCenter
                                                                : Qt::AlignRight | Qt::AlignVCenter);
}

QString numberText(const std::optional<qint64> &number) {
    return number ? QString::number(*number) : QStringLiteral("–");
}

// What the columns do not show; empty where there is nothing. Words of a host are not markup.
QString remarksOn(const Cycle &cycle) {
    QStringList remarks;
    if (cycle.changed)
        remarks
            << CycleTableModel::tr("%1 answers with another content than was written").arg(*cycle.changed);
    if (cycle.notOwn)
        remarks
            << CycleTableModel::tr("%1 answers that lie in no database of the node's own").arg(*cycle.notOwn);
    if (!cycle.trouble.isEmpty())
        remarks << cycle.trouble;
    if (!cycle.lost.isEmpty())
        remarks << CycleTableModel::tr("lost: %1").arg(cycle.lost.join(QStringLiteral(", ")));
    if (remarks.isEmpty())
        return {};
    return QStringLiteral("<qt>%1</qt>")
        .arg(remarks.join(QLatin1Char('\n'))
                 .toHtmlEscaped()
                 .replace(QLatin1Char('\n'), QStringLiteral("<br>")));
}

} // namespace

CycleOutcome outcomeOf(const Cycle &cycle) {
    if (!cycle.ok || !cycle.converged || *cycle.ok == 0)
        return CycleOutcome::Unknown;
    return *cycle.converged == *cycle.ok ? CycleOutcome::Kept : CycleOutcome::Lost;
}

void CycleTableModel::setCycles(const QList<Cycle> &cycles) {
    beginResetModel();
    m_cycles = cycles;
    endResetModel();
}

void CycleTableModel::append(const QList<Cycle> &cycles) {
    if (cycles.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(cycles.size()) - 1);
    m_cycles += cycles;
    endInsertRows();
}

int CycleTableModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_cycles.size());
}

int CycleTableModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CycleTableModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Cycle &cycle = m_cycles.at(index.row());
    if (role == OutcomeRole)
        return static_cast<int>(outcomeOf(cycle));
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(index.column());
    if (role == Qt::ToolTipRole)
        return remarksOn(cycle);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Number:
        return QString::number(cycle.number);
    case Fault:
        return cycle.fault;
    case Writes:
        return numberText(cycle.writes);
    case Acked:
        return numberText(cycle.ok);
    case QuorumNotMet:
        return numberText(cycle.quorumNotMet);
    case Failed:
        return numberText(cycle.fail);
    case Durable:
        return numberText(cycle.durable);
    case Converged:
        return numberText(cycle.converged);
    case InFlight:
        return numberText(cycle.inFlight);
    case Settle:
        return cycle.settleMs ? QStringLiteral("%1 ms").arg(*cycle.settleMs) : QStringLiteral("–");
    default:
        return {};
    }
}

QVariant CycleTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    const std::array titles{tr("Cycle"),     tr("Fault"),     tr("Writes"),  tr("Acknowledged"),
                            tr("No quorum"), tr("Failed"),    tr("Durable"), tr("Converged"),
                            tr("In flight"), tr("Settled in")};
    return titles.at(static_cast<size_t>(section));
}

} // namespace slipway
