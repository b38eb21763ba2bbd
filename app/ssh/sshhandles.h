// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/filedescriptor.h"

#include <libssh/libssh.h>

#include <memory>

namespace slipway {

/// Owners for libssh's handles. A session and its channels belong to one thread. They are freed in
/// sshhandles.cpp, so that who holds one need not be linked to libssh.
struct SessionDeleter {
    void operator()(ssh_session session) const;
};
using SessionHandle = std::unique_ptr<ssh_session_struct, SessionDeleter>;

struct KeyDeleter {
    void operator()(ssh_key key) const;
};
using KeyHandle = std::unique_ptr<ssh_key_struct, KeyDeleter>;

struct ChannelDeleter {
    void operator()(ssh_channel channel) const;
};
using ChannelHandle = std::unique_ptr<ssh_channel_struct, ChannelDeleter>;

} // namespace slipway
