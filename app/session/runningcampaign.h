// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignrunner.h"
#include "app/core/runlock.h"
#include "app/core/worker.h"
#include "app/session/services.h"

#include <memory>
#include <utility>

namespace slipway {

/// One running campaign: a runner on a worker, and what of it this thread knows.
struct Services::Running {
    CampaignRecord record;
    QList<LogStream> streams;
    std::unique_ptr<RunLock> lock;
    bool begun = false;  ///< before, its hosts are made ready
    bool isKept = false; ///< its end is being archived
    std::function<void(Result<void>)> prepared;
    CampaignRunner *runner = nullptr; ///< lives on the worker
    std::unique_ptr<Worker> worker;

    ~Running() {
        worker->post([this] { delete std::exchange(runner, nullptr); });
        worker.reset();
    }
};

} // namespace slipway
