// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/filedescriptor.h"

#include <libssh/libssh.h>

#include <memory>

namespace slipway {

/// Owners for libssh's handles. A session and its channels belong to one thread.
struct SessionDeleter {
    void operator()(ssh_session session) const { ssh_free(session); }
};
using SessionHandle = std::unique_ptr<ssh_session_struct, SessionDeleter>;

struct KeyDeleter {
    void operator()(ssh_key key) const { ssh_key_free(key); }
};
using KeyHandle = std::unique_ptr<ssh_key_struct, KeyDeleter>;

struct ChannelDeleter {
    void operator()(ssh_channel channel) const { ssh_channel_free(channel); }
};
using ChannelHandle = std::unique_ptr<ssh_channel_struct, ChannelDeleter>;

} // namespace slipway
