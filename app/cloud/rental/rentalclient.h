// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/digitalocean/dropletclient.h"

#include <functional>

namespace slipway {

/// Runs `work` with a client that lives as long as it does: a token or an address that was changed counts
/// from the next call on. Blocks; never on the GUI's thread.
template <typename T>
Result<T> withClient(const Paths &paths, const std::stop_token &stop,
                     const std::function<Result<T>(DropletClient &)> &work) {
    const auto base = apiBase(paths);
    if (!base)
        return base.error();
    const auto token = findToken(base->url, stop);
    if (!token)
        return token.error();
    ApiTransport transport(base->url, *token, stop);
    DropletClient client(transport);
    return work(client);
}

} // namespace slipway
