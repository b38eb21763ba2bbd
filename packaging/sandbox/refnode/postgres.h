// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "packaging/sandbox/refnode/memory.h"

#include <libpq-fe.h>

#include <memory>
#include <vector>

namespace refnode {

/// Memories in a PostgreSQL database. Failures throw std::runtime_error.
class Postgres {
public:
    explicit Postgres(const std::string &url);

    [[nodiscard]] std::vector<Memory> list(std::int64_t limit, std::int64_t offset);
    void write(const std::vector<Memory> &memories); ///< all or none; a memory that is there is updated

private:
    struct Finish {
        void operator()(PGconn *connection) const { PQfinish(connection); }
    };
    struct Clear {
        void operator()(PGresult *result) const { PQclear(result); }
    };
    using Answer = std::unique_ptr<PGresult, Clear>;

    Answer run(const char *sql, const std::vector<std::string> &values = {});

    std::unique_ptr<PGconn, Finish> m_connection;
};

} // namespace refnode
