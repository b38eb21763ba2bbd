// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>
#include <stop_token>

namespace slipway {

/// Calls work(0) to work(count - 1), each once, on one thread a core, and returns when all calls have ended.
/// Once a stop is requested, no further call begins. `work` is called from several threads at once.
void inParallel(qsizetype count, const std::function<void(qsizetype)> &work,
                const std::stop_token &stop = {});

} // namespace slipway
