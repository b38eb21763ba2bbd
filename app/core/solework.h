// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/worker.h"

#include <memory>
#include <stop_token>

namespace slipway {

/// Long work of one kind, one at a time, on a thread that lasts as long as it. Lives on its creator's thread.
/// The destructor asks it to stop and joins.
class SoleWork final {
public:
    explicit SoleWork(QString threadName);
    ~SoleWork();
    SoleWork(const SoleWork &) = delete;
    SoleWork &operator=(const SoleWork &) = delete;
    SoleWork(SoleWork &&) = delete;
    SoleWork &operator=(SoleWork &&) = delete;

    using Ending = std::function<void()>; ///< runs on the owner's thread, when another may be started
    /// False, and nothing happens, while one runs.
    [[nodiscard]] bool start(std::function<Ending(const std::stop_token &)> work);
    void cancel(); ///< asks what runs to stop; its ending follows as ever
    /// For progress: runs on the owner's thread. From any thread.
    void post(std::function<void()> closure) { m_mailbox.post(std::move(closure)); }

private:
    QString m_name;
    Mailbox m_mailbox;
    std::stop_source m_stop;
    std::unique_ptr<Worker> m_worker;
};

} // namespace slipway
