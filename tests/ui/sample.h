// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/campaign/campaign.h"
#include "models/log/logsource.h"
#include "models/protocol/protocol.h"
#include "tests/support/textlog.h"

#include <atomic>

namespace slipway::sample {

[[nodiscard]] Protocol shipGate();

/// A cycle of 100 writes, of which `ok` were acknowledged and `converged` are on every survivor.
[[nodiscard]] Cycle cycle(int number, qint64 ok, std::optional<qint64> converged,
                          const QString &fault = QStringLiteral("kill_primary_mid_write"));

/// Ten cycles, of which 4 and 7 lose writes and 9 was not measured; phase 4 is to blame.
[[nodiscard]] CampaignRecord redCampaign(const QString &id);
[[nodiscard]] CampaignRecord greenCampaign(const QString &id);

/// Writes campaigns into the archive of a data directory, as a run does.
[[nodiscard]] bool archive(const Paths &paths, const QList<CampaignRecord> &records);
/// The log of one of its steps, as a run leaves it next to the archive.
[[nodiscard]] bool spool(const Paths &paths, const QString &campaign, const PhaseRun &run,
                         const QByteArray &text);

/// As many lines as requested, none of them kept: "line N", every 1,000,000th says "fatal". Counts what is
/// asked of it.
class CountingLog final : public LogSource {
public:
    explicit CountingLog(qint64 lines) : m_lines(lines) {}

    void grow(qint64 by) { m_lines += by; }
    [[nodiscard]] qint64 lineCount() const override { return m_lines; }
    [[nodiscard]] qint64 byteCount() const override { return m_lines * 10; }
    [[nodiscard]] QList<LogLine> lines(qint64 first, qint64 count) const override;
    [[nodiscard]] qint64 maxAsked() const { return m_maxAsked; }

private:
    std::atomic<qint64> m_lines; // it is read by threads that search
    mutable std::atomic<qint64> m_maxAsked = 0;
};

} // namespace slipway::sample
