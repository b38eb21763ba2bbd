// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/program.h"

#include <QByteArray>
#include <QStringList>

#include <functional>
#include <optional>

namespace slipway {

constexpr int kSshToolMs = 10'000; ///< `Match exec` and a canonical name may take a while

/// Runs `ssh` or `ssh-keygen` with nothing to read, in the language of its source. Being ended by a signal is
/// an error too. Blocks.
Result<ProgramAnswer> runSshTool(const QString &program, const QStringList &arguments,
                                 int timeoutMs = kSshToolMs, const std::function<bool()> &givenUp = {});

/// The last of what a program wrote, as one line to be shown. A usage page is left out: it shows how a
/// program is called, not what went wrong.
[[nodiscard]] QString lastWords(const QByteArray &text, qsizetype lines = 3);

} // namespace slipway
