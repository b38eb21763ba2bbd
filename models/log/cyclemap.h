// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <mutex>
#include <optional>

namespace slipway {

/// A cycle as a log speaks of it.
struct CycleName {
    QString fault;  ///< empty where the log does not say
    int number = 0; ///< 0: the campaign of this fault class has begun, its first cycle not yet
    bool operator==(const CycleName &) const = default;
};

/// The number in "… [chaos] cycle 12: nodes ready" or "… [phase4][chaos] cycle 12: …". Pure.
[[nodiscard]] std::optional<int> cycleOfLine(QByteArrayView line);
/// The fault class in "… [phase4] campaign: partition_minority …". Pure.
[[nodiscard]] QString campaignOfLine(QByteArrayView line);
/// A regular expression that every line matches of which one of the two says something.
[[nodiscard]] QString cycleLinePattern();

/// Which rows of a log belong to which cycle. One thread at a time adds, in order; any thread reads.
class CycleMap {
public:
    void truncate(qint64 row); ///< forgets what was said from `row` on
    void add(qint64 row, QByteArrayView line);

    /// The cycle a row belongs to: the last one spoken of up to it; none before the first.
    [[nodiscard]] std::optional<CycleName> cycleAt(qint64 row) const;
    /// The first row of a cycle, of any fault class when `fault` is empty; -1 when it is not there.
    [[nodiscard]] qint64 rowOf(const QString &fault, int number) const;

private:
    struct Mark {
        qint64 row = 0;
        CycleName cycle;
    };

    mutable std::mutex m_mutex; ///< guards m_marks
    QList<Mark> m_marks;        ///< one for every change
};

} // namespace slipway
