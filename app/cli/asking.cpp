// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"

#include "app/core/paths.h"

namespace slipway::cli {

ExitCode withServices(const Context &context, const std::function<void(Services &)> &ask) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const auto services = Services::open(*paths);
    if (!services)
        return fail(services.error(), ExitCode::NotDone);
    ask(**services);
    return runLoop();
}

ExitCode lookWithServices(const Context &context, const std::function<void(Services &)> &ask) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const auto services = Services::openToLook(*paths);
    if (!services)
        return fail(services.error(), ExitCode::NotDone);
    ask(**services);
    return runLoop();
}

} // namespace slipway::cli
