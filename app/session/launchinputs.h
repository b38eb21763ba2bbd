// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/backgroundthread.h"
#include "app/core/paths.h"
#include "app/session/launchrequest.h"

namespace slipway {

/// Reads what a launch names, on the background thread. Answers come on the owner's thread.
class LaunchInputs final {
public:
    LaunchInputs(Paths paths, BackgroundThread &background)
        : m_paths(std::move(paths)), m_background(background) {}

    /// Reads a named fleet or a fleet file, or brings the sandbox up.
    void openFleet(const QString &name, std::function<void(const Result<Fleet> &)> done);
    /// As slipway::readPrograms().
    void readPrograms(const LaunchChoice &choice, std::function<void(const Result<LaunchPrograms> &)> done);
    /// Reads a folder of field scripts.
    void readScripts(const QString &dir, std::function<void(const Result<FieldScripts> &)> done);

private:
    Paths m_paths;
    BackgroundThread &m_background;
};

} // namespace slipway
