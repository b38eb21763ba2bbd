// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/result.h"

namespace slipway {

QString errorCodeName(ErrorCode code) {
    switch (code) {
    case ErrorCode::InvalidInput:
        return QStringLiteral("invalid-input");
    case ErrorCode::NotFound:
        return QStringLiteral("not-found");
    case ErrorCode::AlreadyExists:
        return QStringLiteral("already-exists");
    case ErrorCode::Unreachable:
        return QStringLiteral("unreachable");
    case ErrorCode::ConnectionLost:
        return QStringLiteral("connection-lost");
    case ErrorCode::TimedOut:
        return QStringLiteral("timed-out");
    case ErrorCode::HostKeyRefused:
        return QStringLiteral("host-key-refused");
    case ErrorCode::AuthRefused:
        return QStringLiteral("auth-refused");
    case ErrorCode::CommandFailed:
        return QStringLiteral("command-failed");
    case ErrorCode::Io:
        return QStringLiteral("io");
    case ErrorCode::DiskFull:
        return QStringLiteral("disk-full");
    case ErrorCode::Corrupt:
        return QStringLiteral("corrupt");
    case ErrorCode::Unsupported:
        return QStringLiteral("unsupported");
    case ErrorCode::Cancelled:
        return QStringLiteral("cancelled");
    case ErrorCode::Internal:
        return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

} // namespace slipway
