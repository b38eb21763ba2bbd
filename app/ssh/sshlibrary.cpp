// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshlibrary.h"

#include <libssh/libssh.h>

namespace slipway {

QString sshLibraryVersion() {
    return QString::fromLatin1(ssh_version(0));
}

} // namespace slipway
