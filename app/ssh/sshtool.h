// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QStringList>

#include <functional>
#include <optional>

namespace slipway {

/// What one of OpenSSH's own programs answered.
struct ToolAnswer {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

constexpr int kSshToolMs = 10'000; ///< `Match exec` and a canonical name may take a while

/// Runs `ssh` or `ssh-keygen` without a shell, with nothing to read, in the language of its source. Ends it
/// after `timeoutMs`, after 4 MiB of output, and once `givenUp` says so; each is an error. Blocks.
Result<ToolAnswer> runSshTool(const QString &program, const QStringList &arguments,
                              int timeoutMs = kSshToolMs, const std::function<bool()> &givenUp = {});

/// The last of what a program wrote, as one line to be shown. A usage page is left out: it tells how a
/// program is called, not what went wrong.
[[nodiscard]] QString lastWords(const QByteArray &text, qsizetype lines = 3);

} // namespace slipway
