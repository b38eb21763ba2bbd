// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshhandles.h"

namespace slipway {

void SessionDeleter::operator()(ssh_session session) const {
    ssh_free(session);
}

void KeyDeleter::operator()(ssh_key key) const {
    ssh_key_free(key);
}

void ChannelDeleter::operator()(ssh_channel channel) const {
    ssh_channel_free(channel);
}

} // namespace slipway
