// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "packaging/sandbox/refnode/memory.h"

#include <sqlite3.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace refnode {

/// A memory and its place in this node's order of changes: what a peer asks "since" with.
struct Change {
    std::int64_t sequence = 0;
    Memory memory;
};

/// Memories in one SQLite file (WAL, synchronous=FULL: what was committed survives a SIGKILL and a power
/// cut). Thread-safe. Failures throw std::runtime_error: a node that cannot use its disk must not acknowledge
/// anything.
class Store {
public:
    explicit Store(const std::string &path);

    /// One memory a title and namespace: a later write updates the row and keeps its id. Returns what is
    /// stored now.
    Memory write(Memory memory);
    /// From a peer: taken when it is newer than what is here. True when it changed something.
    bool apply(const Memory &memory);
    bool remove(const std::string &id);

    [[nodiscard]] std::optional<Memory> get(const std::string &id);
    [[nodiscard]] std::vector<Memory> list(const std::string &nameSpace, std::int64_t limit,
                                           std::int64_t offset);
    /// Every word must occur in title or content; the best first.
    [[nodiscard]] std::vector<Memory> recall(const std::string &words, std::int64_t limit);
    [[nodiscard]] std::vector<Change> changesSince(std::int64_t sequence, std::int64_t limit);
    [[nodiscard]] std::int64_t latestSequence();
    [[nodiscard]] Json stats();
    [[nodiscard]] Json namespaces();
    void snapshotTo(const std::string &path); ///< a consistent copy, while others write

private:
    struct Close {
        void operator()(sqlite3 *connection) const { sqlite3_close(connection); }
    };
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

    Statement prepare(const char *sql, const std::vector<std::string> &texts = {},
                      const std::vector<std::int64_t> &numbers = {});
    std::vector<Memory> read(Statement statement);
    std::vector<Memory> sameTitle(const Memory &memory);
    void upsert(const Memory &memory);
    void execute(const char *sql);
    [[noreturn]] void fail() const;

    std::unique_ptr<sqlite3, Close> m_connection;
    std::string m_path;
    std::mutex m_mutex;
};

} // namespace refnode
