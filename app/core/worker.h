// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/mailbox.h"

#include <QEventLoop>
#include <QString>

#include <functional>
#include <thread>

namespace slipway {

/// A thread with a Qt event loop of its own. Objects that live on it are made and destroyed in closures
/// posted to it. The destructor ends the loop after the closures already posted have run, and joins.
class Worker final {
public:
    explicit Worker(const QString &name);
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;
    Worker(Worker &&) = delete;
    Worker &operator=(Worker &&) = delete;

    void post(std::function<void()> closure);

private:
    Mailbox *m_mailbox = nullptr; ///< lives on the thread's stack until the loop has ended
    QEventLoop *m_loop = nullptr;
    std::thread m_thread;
};

} // namespace slipway
