// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/publishreport.h"

namespace slipway {

/// Why a step of a publication did not work: the error of Result<void, PublishFailure>.
struct PublishFailure {
    PublishState state = PublishState::Failed;
    QString said;
    QString text{}; ///< instead of the general advice
};

[[nodiscard]] PublishFailure failureOf(const Error &error);

} // namespace slipway
