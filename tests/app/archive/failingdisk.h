// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include <array>
#include <atomic>

namespace slipway::test {

/// SQLite's own way to the disk, whose writes fail with an input/output error while `fails` is set, as those
/// of a disk that is away for a moment do (sqlite.org/vfs.html). To be registered before an archive is
/// opened.
class FailingDisk {
public:
    static inline std::atomic<bool> fails = false;

    static void install() {
        s_vfs = *sqlite3_vfs_find(nullptr);
        s_open = s_vfs.xOpen;
        s_vfs.zName = "failing";
        s_vfs.xOpen = open;
        sqlite3_vfs_register(&s_vfs, 1);
    }

private:
    // The database and what lies next to it have different methods.
    struct Kind {
        const sqlite3_io_methods *original;
        sqlite3_io_methods failing;
    };

    template <int Number>
    static int write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset) {
        return fails ? SQLITE_IOERR_WRITE : s_kinds[Number].original->xWrite(file, bytes, size, offset);
    }

    static int open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *outFlags) {
        const int status = s_open(vfs, name, file, flags, outFlags);
        if (status != SQLITE_OK)
            return status;
        const bool isDatabase = (flags & SQLITE_OPEN_MAIN_DB) != 0;
        Kind &kind = s_kinds[isDatabase ? 0 : 1];
        if (!kind.original) {
            kind.original = file->pMethods;
            kind.failing = *file->pMethods;
            kind.failing.xWrite = isDatabase ? write<0> : write<1>;
        }
        file->pMethods = &kind.failing;
        return SQLITE_OK;
    }

    static inline sqlite3_vfs s_vfs{};
    static inline int (*s_open)(sqlite3_vfs *, sqlite3_filename, sqlite3_file *, int, int *) = nullptr;
    static inline std::array<Kind, 2> s_kinds{};
};

} // namespace slipway::test
