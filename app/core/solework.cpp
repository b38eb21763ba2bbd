// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/solework.h"

namespace slipway {

SoleWork::SoleWork(QString threadName) : m_name(std::move(threadName)) {}

SoleWork::~SoleWork() {
    cancel();
    m_worker.reset();
}

bool SoleWork::start(std::function<Ending(const std::stop_token &)> work) {
    if (m_worker)
        return false;
    m_stop = std::stop_source();
    m_worker = std::make_unique<Worker>(m_name);
    m_worker->post([this, work = std::move(work), stop = m_stop.get_token()] {
        m_mailbox.post([this, ending = work(stop)] {
            m_worker.reset();
            ending();
        });
    });
    return true;
}

void SoleWork::cancel() {
    m_stop.request_stop();
}

} // namespace slipway
