// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/textview.h"

namespace slipway {

/// What the words before a name make of the word behind it.
enum class NameContext {
    None,
    Login,   ///< netrc: machine h login u password x
    Set,     ///< setx NAME x, setenv NAME x, set -gx NAME x, ENV NAME x: Windows, csh, fish, a Dockerfile
    Setting, ///< aws configure set NAME x, git config --global NAME x: maybe a value
};

/// Of the name that begins at `at`; looks at 80 characters before it.
[[nodiscard]] NameContext contextOf(const TextView &view, qsizetype at);

} // namespace slipway
