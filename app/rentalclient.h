// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/dropletclient/dropletclient.h"

#include <functional>

namespace slipway {

/// Runs `work` with a client that lives as long as it does: a token that was changed counts from the next
/// call on. Blocks; never on the GUI's thread.
template <typename T>
Result<T> withClient(const std::stop_token &stop, const std::function<Result<T>(DropletClient &)> &work) {
    const auto base = apiBase();
    if (!base)
        return base.error();
    const auto token = findToken(stop);
    if (!token)
        return token.error();
    ApiTransport transport(*base, *token, stop);
    DropletClient client(transport);
    return work(client);
}

} // namespace slipway
