// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/resource.h>

namespace slipway {

/// A connection takes about four descriptors, and a fleet may have hundreds of hosts: the soft limit, 1,024
/// by custom, becomes the hard one. Call it before threads begin.
inline void raiseDescriptorLimit() {
    constexpr rlim_t kEnough = 65'536;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kEnough)
        return;
    limit.rlim_cur = limit.rlim_max < kEnough ? limit.rlim_max : kEnough;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace slipway
