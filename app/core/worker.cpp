// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/worker.h"

#include <future>
#include <utility>

#include <pthread.h>

namespace slipway {

Worker::Worker(const QString &name) {
    std::promise<void> started;
    m_thread = std::thread([this, &started, label = name.left(15).toLatin1()] {
        pthread_setname_np(pthread_self(), label.constData());
        QEventLoop loop;
        Mailbox mailbox;
        m_loop = &loop;
        m_mailbox = &mailbox;
        started.set_value();
        loop.exec();
    });
    started.get_future().wait();
}

Worker::~Worker() {
    m_mailbox->post([loop = m_loop] { loop->quit(); });
    m_thread.join();
}

void Worker::post(std::function<void()> closure) {
    m_mailbox->post(std::move(closure));
}

} // namespace slipway
