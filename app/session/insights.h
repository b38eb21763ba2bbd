// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "app/core/backgroundthread.h"
#include "models/insight/lint.h"

namespace slipway {

/// What people write about campaigns: in the archive as entries of the insights file, and what lint finds in
/// it. Lives on the owner's thread; answers come there.
class Insights final {
public:
    using Numbers = std::shared_ptr<const EvidenceNumbers>;
    template <typename T>
    using Done = std::function<void(Result<T>)>;

    Insights(ArchiveThread &archive, BackgroundThread &background)
        : m_archive(archive), m_background(background) {}

    /// Empty when nothing is written.
    void load(const QString &id, Done<QByteArray> done);
    /// As InsightStore::save().
    void save(const QString &id, const QByteArray &base, const QByteArray &entry, Done<QByteArray> done);
    /// The numbers that what is written about a campaign may use.
    void loadNumbers(const QString &id, Done<Numbers> done);
    /// What lint finds in it; long texts take longer than a frame.
    void lint(const Insight &insight, const Numbers &numbers, bool isOver,
              std::function<void(const QList<InsightFinding> &)> done);

private:
    ArchiveThread &m_archive;
    BackgroundThread &m_background;
};

} // namespace slipway
