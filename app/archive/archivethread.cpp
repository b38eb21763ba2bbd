// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivethread.h"

#include <future>

namespace slipway {

Result<std::unique_ptr<ArchiveThread>> ArchiveThread::open(const Paths &paths, ArchiveUse use) {
    std::unique_ptr<ArchiveThread> thread(new ArchiveThread);
    thread->m_worker = std::make_unique<Worker>(QStringLiteral("archive"));
    std::promise<Result<void>> opened;
    thread->m_worker->post([&] {
        auto archive = use == ArchiveUse::Look ? Archive::openToRead(paths) : Archive::open(paths);
        if (archive)
            thread->m_archive = std::move(*archive);
        opened.set_value(archive ? Result<void>() : Result<void>(archive.error()));
    });
    TRY(opened.get_future().get());
    return thread;
}

ArchiveThread::~ArchiveThread() {
    m_worker->post([this] { m_archive.reset(); });
    m_worker.reset();
}

} // namespace slipway
