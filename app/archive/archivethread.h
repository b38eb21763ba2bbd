// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archive.h"
#include "app/core/mailbox.h"
#include "app/core/paths.h"
#include "app/core/worker.h"

#include <functional>
#include <future>

namespace slipway {

/// Whoever only looks makes nothing, waits for nobody's lock, and needs no right to write.
enum class ArchiveUse { Work, Look };

/// The archive on a thread of its own. Requests run there in order, answers come back on the owner's thread.
/// The destructor runs what was asked before it and joins.
class ArchiveThread {
public:
    /// Opens the archive on its thread and waits for that: no request is made to an archive that cannot be
    /// used.
    static Result<std::unique_ptr<ArchiveThread>> open(const Paths &paths, ArchiveUse use = ArchiveUse::Work);
    ~ArchiveThread();
    ArchiveThread(const ArchiveThread &) = delete;
    ArchiveThread &operator=(const ArchiveThread &) = delete;
    ArchiveThread(ArchiveThread &&) = delete;
    ArchiveThread &operator=(ArchiveThread &&) = delete;

    template <typename T>
    void ask(std::function<Result<T>(Archive &)> request, std::function<void(Result<T>)> done) {
        m_worker->post([this, request = std::move(request), done = std::move(done)] {
            m_answers.post([done, result = request(*m_archive)] { done(result); });
        });
    }

    /// Asks and waits for the answer. Not for the archive's own thread, nor for one that must not wait.
    template <typename T>
    Result<T> call(std::function<Result<T>(Archive &)> request) {
        std::promise<Result<T>> answer;
        m_worker->post([this, &request, &answer] { answer.set_value(request(*m_archive)); });
        return answer.get_future().get();
    }

private:
    ArchiveThread() = default;

    Mailbox m_answers;                  ///< on the owner's thread
    std::unique_ptr<Archive> m_archive; ///< made, used and destroyed on the worker
    std::unique_ptr<Worker> m_worker;
};

} // namespace slipway
