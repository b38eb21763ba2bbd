// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// "0.1.0 (git 3f2c9a1b0c4d)": the version of the project, and the revision of the source where the build
/// knew it; "-dirty" behind it where files were changed.
[[nodiscard]] QString versionText();
/// The day of that revision, "2026-04-22"; for man pages. Without a revision the day of the build, or of
/// SOURCE_DATE_EPOCH.
[[nodiscard]] QString versionDate();

} // namespace slipway
