// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/publishreport.h"

#include <optional>

namespace slipway {

/// Why a step of a publication did not work.
struct PublishFailure {
    PublishState state = PublishState::Failed;
    QString said;
    QString text{}; ///< instead of the general advice
};
using PublishTry = std::optional<PublishFailure>; ///< nothing: it worked

[[nodiscard]] PublishFailure failureOf(const Error &error);

} // namespace slipway
