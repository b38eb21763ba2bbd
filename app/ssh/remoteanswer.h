// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/remotecommand.h"
#include "models/fleet/host.h"

#include <memory>
#include <optional>

namespace slipway {

/// What a short program on a host prints, of both streams together kLimit at most: a host that prints more is
/// not listened to any longer, and said to do so. Lives on the command's thread.
struct RemoteAnswer {
    static constexpr qsizetype kLimit = qsizetype(1024) * 1024;

    QByteArray out;
    QByteArray err;
    bool flooded = false; ///< there was more; the command was abandoned

    /// Of the program that `command` runs. Call it before the event loop runs again.
    [[nodiscard]] static std::shared_ptr<RemoteAnswer> of(RemoteCommand &command);

    /// The last line of `out` that begins with `prefix`, without it: what start-up files printed comes
    /// before.
    [[nodiscard]] std::optional<QByteArray> lastLine(const QByteArray &prefix) const;
    /// Whether the command ended by itself, and printed no more than it may; if not, why and what to do.
    [[nodiscard]] Result<void> ended(const Host &host, const CommandResult &result) const;
};

/// Begins a shell program whose output shall be distinguished from what a host prints by itself, and shows
/// that it was run at all: an account may answer something of its own to whatever it is asked. A plain value.
class AnswerMark {
public:
    AnswerMark(); ///< another one each time

    /// The first lines of the program.
    [[nodiscard]] QByteArray program() const;
    /// Takes what was printed before the mark, and the mark, off the answer. The error says in the host's own
    /// words why there is no answer: it did not end by itself, printed without end, or runs no commands.
    [[nodiscard]] Result<void> strip(const Host &host, RemoteAnswer &answer,
                                     const CommandResult &result) const;

private:
    quint32 m_number;
};

} // namespace slipway
