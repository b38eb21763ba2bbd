// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/launchinputs.h"

#include "app/session/fleetsource.h"

namespace slipway {

void LaunchInputs::openFleet(const QString &name, std::function<void(const Result<Fleet> &)> done) {
    m_background.ask<Result<Fleet>>([name, paths = m_paths] { return slipway::openFleet(name, paths); },
                                    std::move(done));
}

void LaunchInputs::readScripts(const QString &dir, std::function<void(const Result<FieldScripts> &)> done) {
    m_background.ask<Result<FieldScripts>>([dir] { return readFieldScripts(dir); }, std::move(done));
}

void LaunchInputs::readPrograms(const LaunchChoice &choice,
                                std::function<void(const Result<LaunchPrograms> &)> done) {
    m_background.ask<Result<LaunchPrograms>>([choice] { return slipway::readPrograms(choice); },
                                             std::move(done));
}

} // namespace slipway
