// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/inparallel.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace slipway {

void inParallel(qsizetype count, const std::function<void(qsizetype)> &work, const std::stop_token &stop) {
    const auto cores = static_cast<qsizetype>(std::max(1U, std::thread::hardware_concurrency()));
    std::atomic<qsizetype> next = 0;
    std::vector<std::future<void>> threads;
    for (qsizetype thread = 0; thread < std::min(cores, count); ++thread) {
        threads.push_back(std::async(std::launch::async, [&] {
            for (qsizetype i = next++; i < count && !stop.stop_requested(); i = next++)
                work(i);
        }));
    }
    for (std::future<void> &thread : threads)
        thread.get();
}

} // namespace slipway
