// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/checktablemodel.h"

#include "models/evidence/judgementjson.h"

#include <array>

namespace slipway {

namespace {

QVariant alignmentOf(int column) {
    return QVariant::fromValue(column == CheckTableModel::N ? Qt::AlignRight | Qt::AlignVCenter
                                                            : Qt::AlignLeft | Qt::AlignVCenter);
}

} // namespace

void CheckTableModel::setChecks(const QList<Check> &checks) {
    beginResetModel();
    m_checks = checks;
    endResetModel();
}

int CheckTableModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_checks.size());
}

int CheckTableModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CheckTableModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Check &check = m_checks.at(index.row());
    if (role == OutcomeRole)
        return static_cast<int>(check.outcome);
    if (role == Qt::ToolTipRole)
        return check.reason.isEmpty() ? check.proves : check.proves + QLatin1Char('\n') + check.reason;
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(index.column());
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Result:
        return check.outcome == Check::Outcome::Unknown ? flawName(check.flaw) : outcomeName(check.outcome);
    case Id:
        return check.id;
    case Expected:
        return check.expected;
    case Actual:
        return check.actual;
    case N:
        return check.n ? QString::number(*check.n) : QString();
    case Source:
        return check.source.file.isEmpty()
                   ? QString()
                   : QStringLiteral("%1, byte %2").arg(check.source.file).arg(check.source.offset);
    default:
        return {};
    }
}

QVariant CheckTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    const std::array titles{tr("Result"), tr("Check"), tr("Expected"),
                            tr("Actual"), tr("n"),     tr("Read from")};
    return titles.at(static_cast<size_t>(section));
}

} // namespace slipway
