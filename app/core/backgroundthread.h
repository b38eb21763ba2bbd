// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/worker.h"

#include <memory>

namespace slipway {

/// A thread for what reads files or computes for longer than a frame, in order; answers come on the owner's
/// thread. It is made when it is first needed. The destructor runs what was asked before it and joins;
/// answers that are not delivered by then are dropped.
class BackgroundThread final {
public:
    explicit BackgroundThread(QString name) : m_name(std::move(name)) {}

    template <typename T>
    void ask(std::function<T()> work, std::function<void(const T &)> done) {
        if (!m_worker)
            m_worker = std::make_unique<Worker>(m_name);
        m_worker->post([this, work = std::move(work), done = std::move(done)] {
            m_answers.post([done, result = work()] { done(result); });
        });
    }

private:
    QString m_name;
    Mailbox m_answers; ///< on the owner's thread
    std::unique_ptr<Worker> m_worker;
};

} // namespace slipway
