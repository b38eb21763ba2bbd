// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/wakesignal.h"

#include <ctime>
#include <mutex>

#include <poll.h>

namespace slipway {

namespace {

extern "C" void endTheWait(int) {} // that it came is all

} // namespace

void WakeSignal::begin() {
    static std::once_flag installed;
    std::call_once(installed, [] {
        struct sigaction action {};
        action.sa_handler = endTheWait;
        action.sa_flags = SA_RESTART;
        sigaction(SIGURG, &action, nullptr);
    });
    sigset_t held{};
    sigemptyset(&held);
    sigaddset(&held, SIGURG);
    pthread_sigmask(SIG_BLOCK, &held, &m_whileWaiting);
    sigdelset(&m_whileWaiting, SIGURG);
    m_thread = pthread_self();
}

void WakeSignal::wake() {
    pthread_kill(m_thread, SIGURG);
}

void WakeSignal::wait(int fd, short events, int timeoutMs) const {
    pollfd watched{fd, events, 0};
    const timespec time{timeoutMs / 1000, long{timeoutMs % 1000} * 1'000'000};
    (void)ppoll(&watched, 1, &time, &m_whileWaiting);
}

} // namespace slipway
