// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/flowbudget.h"
#include "app/ssh/remotecommand.h"
#include "app/ssh/sshhandles.h"

#include <QByteArray>
#include <QString>

#include <libssh/callbacks.h>

#include <chrono>
#include <memory>
#include <optional>

namespace slipway {

/// One command on one channel, driven step by step by the connection's thread; no call blocks.
class SshChannel {
public:
    using Clock = std::chrono::steady_clock;

    SshChannel(ssh_session session, QByteArray commandLine, int timeoutMs,
               std::shared_ptr<FlowBudget> budget);
    ~SshChannel();
    SshChannel(const SshChannel &) = delete;
    SshChannel &operator=(const SshChannel &) = delete;
    SshChannel(SshChannel &&) = delete;
    SshChannel &operator=(SshChannel &&) = delete;

    /// Copied, so that this thread's buffer is not shared.
    void queueInput(const QByteArray &bytes) { m_input.append(bytes.constData(), bytes.size()); }
    void endInput() { m_inputEnds = true; }

    struct Progress {
        bool moved = false; ///< something happened: another pass is due
        bool startedNow = false;
        QByteArray out;
        QByteArray err;
        std::optional<CommandResult> result; ///< set once, the last time
    };
    Progress step(const QString &where);

private:
    enum class Stage { Opening, Requesting, Running };

    bool read(bool isError, QByteArray &into);
    bool pushInput();
    [[nodiscard]] bool mayRead() const;
    [[nodiscard]] std::optional<CommandResult> ending(const QString &where);
    [[nodiscard]] CommandResult failure(const QString &where, CommandResult::End end,
                                        const QString &what) const;

    ssh_session m_session;
    ChannelHandle m_channel;
    QByteArray m_commandLine;
    std::shared_ptr<FlowBudget> m_budget;
    Clock::time_point m_deadline;
    Clock::time_point m_closeDeadline;
    Stage m_stage = Stage::Opening;
    QByteArray m_input;
    bool m_inputEnds = false;
    bool m_inputEnded = false;
    std::optional<int> m_exitCode;
    QString m_signal;
    std::unique_ptr<ssh_channel_callbacks_struct> m_callbackStorage;
};

} // namespace slipway
