// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"

#include "app/core/paths.h"
#include "app/session/session.h"

namespace slipway::cli {

ExitCode withSession(const Context &context, const std::function<void(Session &)> &ask) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const auto session = Session::open(*paths);
    if (!session)
        return fail(session.error(), ExitCode::NotDone);
    ask(**session);
    return runLoop();
}

ExitCode lookWithSession(const Context &context, const std::function<void(Session &)> &ask) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const auto session = Session::openToLook(*paths);
    if (!session)
        return fail(session.error(), ExitCode::NotDone);
    ask(**session);
    return runLoop();
}

} // namespace slipway::cli
