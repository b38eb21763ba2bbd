// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/exportrunner.h"

namespace slipway {

void ExportRunner::start(const ExportRequest &request, std::function<void(const ExportProgress &)> progress,
                         std::function<void(Result<ExportCount>)> done) {
    const bool started = m_work.start([this, request, progress = std::move(progress),
                                       done](const std::stop_token &stop) -> SoleWork::Ending {
        const auto count = exportPages(request, m_archive, stop, [&](const ExportProgress &soFar) {
            m_work.post([progress, soFar] { progress(soFar); });
        });
        return [done, count] { done(count); };
    });
    if (!started)
        done(Error{ErrorCode::AlreadyExists,
                   QStringLiteral("An export is running. Stop it or wait for its end.")});
}

} // namespace slipway
