// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/importrunner.h"

namespace slipway {

void ImportRunner::start(const QString &path, std::function<void(const ImportCount &)> progress,
                         std::function<void(Result<ImportCount>)> done) {
    const bool started = m_work.start(
        [this, path, progress = std::move(progress), done](const std::stop_token &stop) -> SoleWork::Ending {
            const auto count = importPages(path, m_archive, stop, [&](const ImportCount &soFar) {
                m_work.post([progress, soFar] { progress(soFar); });
            });
            return [this, done, count] {
                done(count);
                Q_EMIT campaignListChanged();
            };
        });
    if (!started)
        done(Error{ErrorCode::AlreadyExists,
                   QStringLiteral("An import is running. Stop it or wait for its end.")});
}

} // namespace slipway
