// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivethread.h"

#include <future>

namespace slipway {

Result<std::unique_ptr<ArchiveThread>> ArchiveThread::open(const Paths &paths, ArchiveUse use) {
    std::unique_ptr<ArchiveThread> archive(new ArchiveThread);
    archive->m_worker = std::make_unique<Worker>(QStringLiteral("archive"));
    std::promise<Result<void>> opened;
    archive->m_worker->post([&] {
        auto store = use == ArchiveUse::Look ? CampaignStore::openToRead(paths) : CampaignStore::open(paths);
        if (store)
            archive->m_store = std::move(*store);
        opened.set_value(store ? Result<void>() : Result<void>(store.error()));
    });
    TRY(opened.get_future().get());
    return archive;
}

ArchiveThread::~ArchiveThread() {
    m_worker->post([this] { m_store.reset(); });
    m_worker.reset();
}

} // namespace slipway
