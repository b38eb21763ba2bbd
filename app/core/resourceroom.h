// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

namespace slipway {

constexpr qint64 kToConnect = 12; ///< descriptors that making a connection takes for a moment

/// The soft limit of descriptors, 1,024 by custom, becomes the hard one. Call it before threads begin.
void raiseDescriptorLimit();

/// How many descriptors this process may still open.
[[nodiscard]] qint64 descriptorsLeft();

/// Whether this process can begin at all (asked first, before threads begin), or have a campaign on so many
/// hosts: by RLIMIT_NOFILE, RLIMIT_AS, RLIMIT_DATA and the limits of its cgroups, whose file cache can be
/// had. The error names the limit and how to raise it.
[[nodiscard]] Result<void> roomToBegin();
[[nodiscard]] Result<void> roomForHosts(qsizetype hosts);

/// Whether memory comes to its end: what goes on then is ended by the first allocation that fails.
[[nodiscard]] Result<void> roomToGoOn();

/// An allocation or a thread that cannot be had, wherever that is, ends the process with exit code 4 and a
/// word to a person instead of a dump. `program`: a literal.
void sayWhenMemoryEnds(const char *program);

} // namespace slipway
