// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/log/cyclemap.h"
#include "models/log/logsource.h"

#include <QObject>

#include <functional>
#include <optional>

namespace slipway {

class LogScans;
class LogView;
class ShownLog;

/// The ways through the log that is shown: to errors, matches, cycles, bytes and times, also while it is
/// filtered. A place that is not known yet is gone to as soon as it is. A base row is a row of the log
/// without its filter, from 0. GUI thread.
class LogWalk : public QObject {
    Q_OBJECT
public:
    LogWalk(const ShownLog &log, const LogScans &scans, LogView &view, QObject *parent); ///< all live longer

    void nextError(bool forward);
    void nextMatch(bool forward);
    void toByte(int stream, qint64 offset); ///< of the stream that is shown, or of one that is merged
    void toCycle(const QString &fault, int number);
    void toBaseRow(qint64 row); ///< or, filtered, the next row that is shown
    /// "120" a line, "@4096" a byte, "17:39:02" a time.
    Result<void> toPlace(const QString &text);

    void retry(bool known); ///< more of the log is known; `known`: all of it, so it is the last try
    void forget();          ///< the place that is not known yet

    [[nodiscard]] bool isFiltered() const;
    [[nodiscard]] qint64 baseRow() const; ///< where a person is: the selected row, or the top
    [[nodiscard]] qint64 baseRowOf(qint64 row) const;
    [[nodiscard]] std::optional<CycleName> cycleAt(qint64 baseRow) const; ///< none while that is not known

Q_SIGNALS:
    void waits(); ///< for more of the log to be known
    void errorReached(const slipway::LogLine &line);

private:
    void go(std::function<bool()> attempt);
    void show(qint64 baseRow);
    [[nodiscard]] qint64 searchFrom(bool forward) const;

    const ShownLog &m_log;
    const LogScans &m_scans;
    LogView &m_view;
    std::function<bool()> m_attempt; ///< true once the place is shown
};

} // namespace slipway
