// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// Held for a write transaction or a checkpoint, on an open file; the kernel lets go of it when the process
/// dies. Waits for whoever holds it.
class WriteLock {
public:
    explicit WriteLock(int fd);
    ~WriteLock();
    WriteLock(const WriteLock &) = delete;
    WriteLock &operator=(const WriteLock &) = delete;
    WriteLock(WriteLock &&) = delete;
    WriteLock &operator=(WriteLock &&) = delete;

private:
    int m_fd;
};

/// One process at a time makes an archive: held on this folder, or the next one above it that there is, since
/// there is nothing else yet.
class FolderLock {
public:
    explicit FolderLock(QString folder);
    ~FolderLock();
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;
    FolderLock(FolderLock &&) = delete;
    FolderLock &operator=(FolderLock &&) = delete;

private:
    int m_fd = -1;
};

} // namespace slipway
