// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QVariantList>

namespace slipway {

class Sha256;
class Statement;

// What rows say, in the one form that is hashed, and what a unit of rows is called.

/// What a unit's rows say at one moment.
struct UnitSeal {
    QString campaign;
    QString subject; ///< which of its table: a JSON array of the values of SealedTable::unit
    QString sha256;  ///< empty: it has no row
};

/// UnitSeal::subject of a unit whose name has these values: numbers and texts.
[[nodiscard]] QString unitSubject(const QVariantList &values);

/// "evidence_file [\"a\",1] of c2", for a person; `campaign`: none where it is empty.
[[nodiscard]] QString unitText(const QString &table, const QString &subject, const QString &campaign = {});

/// The same of a row that has these values in `count` columns from `first` on.
[[nodiscard]] QString unitSubject(const Statement &row, int first, qsizetype count);

/// Adds a row, whose values of `columns` begin at column `first`, to the text that is hashed. Canonical: each
/// value that is not NULL, with its column, its type and its length, so that no two rows give the same bytes,
/// and that a column that is added later changes nothing for the rows that have none.
void addRow(const Statement &row, const QList<QByteArray> &columns, int first, QByteArray &text);

/// 64 digits; `hash` is begun anew.
[[nodiscard]] QString hashText(Sha256 &hash, QByteArrayView bytes);

/// Names of columns and tables as SQL takes them, several with commas between.
[[nodiscard]] QByteArray sqlName(const QByteArray &name);
[[nodiscard]] QByteArray sqlNames(const QList<QByteArray> &names);

} // namespace slipway
