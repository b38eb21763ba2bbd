// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/publishfailure.h"

namespace slipway {

PublishFailure failureOf(const Error &error) {
    switch (error.code) {
    case ErrorCode::Cancelled:
        return {PublishState::Stopped, {}};
    case ErrorCode::TimedOut:
        return {PublishState::Unreachable, {}};
    case ErrorCode::AlreadyExists: // others' bytes are in the way
        return {PublishState::Conflict, {}, error.text};
    default:
        return {PublishState::Failed, {}, error.text};
    }
}

} // namespace slipway
