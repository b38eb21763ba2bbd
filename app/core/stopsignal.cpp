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

constexpr std::uint64_t kHangUp = std::uint64_t{1} << 32; // counted apart from stops

void notify(std::uint64_t what) {
    [[maybe_unused]] const auto written = write(g_wake, &what, sizeof what);
}

extern "C" void onHangUp(int) {
    notify(kHangUp);
}

extern "C" void onSignal(int number) {
    notify(1);
    (void)std::signal(number, SIG_DFL); // NOLINT(bugprone-signal-handler): async-signal-safe by POSIX
}

} // namespace

StopSignal::StopSignal(std::function<void()> stop, std::function<void()> hungUp) : m_outlives(bool(hungUp)) {
    g_wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(g_wake, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [stop = std::move(stop), hungUp = std::move(hungUp)] {
                         std::uint64_t count = 0;
                         if (read(g_wake, &count, sizeof count) != static_cast<ssize_t>(sizeof count))
                             return;
                         if (count >= kHangUp)
                             hungUp();
                         if (count % kHangUp > 0)
                             stop();
                     });
    if (m_outlives)
        (void)std::signal(SIGHUP, onHangUp);
    for (const int number : {SIGINT, SIGTERM})
        (void)std::signal(number, onSignal);
}

StopSignal::~StopSignal() {
    for (const int number : {SIGINT, SIGTERM})
        (void)std::signal(number, SIG_DFL);
    if (m_outlives)
        (void)std::signal(SIGHUP, SIG_IGN); // what is left to do is done
    m_notifier.reset();
    close(g_wake);
    g_wake = -1;
}

} // namespace slipway
