// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/sshkeygen.h"

#include "app/core/program.h"

namespace slipway {

Result<void> makeSshKey(const QString &path, const QString &comment) {
    TRY(programOutput(
        {QStringLiteral("ssh-keygen"),
         {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"), QStringLiteral("-N"),
          QString(), QStringLiteral("-C"), comment, QStringLiteral("-f"), path}}));
    return {};
}

} // namespace slipway
