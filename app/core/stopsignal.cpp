// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/stopsignal.h"

#include <array>
#include <csignal>
#include <cstdint>

#include <sys/eventfd.h>
#include <unistd.h>

namespace slipway {

namespace {

// A signal handler may only touch what is async-signal-safe: it writes to this eventfd.
int g_wake = -1;

extern "C" void onSignal(int number) {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(g_wake, &one, sizeof one);
    (void)std::signal(number, SIG_DFL); // NOLINT(bugprone-signal-handler): async-signal-safe by POSIX
}

} // namespace

StopSignal::StopSignal(std::function<void()> stop) {
    g_wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(g_wake, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [stop = std::move(stop)] {
                         std::uint64_t count = 0;
                         if (read(g_wake, &count, sizeof count) == static_cast<ssize_t>(sizeof count))
                             stop();
                     });
    for (const int number : {SIGINT, SIGTERM})
        (void)std::signal(number, onSignal);
}

StopSignal::~StopSignal() {
    for (const int number : {SIGINT, SIGTERM})
        (void)std::signal(number, SIG_DFL);
    m_notifier.reset();
    close(g_wake);
    g_wake = -1;
}

} // namespace slipway
