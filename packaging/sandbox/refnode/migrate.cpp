// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/commands.h"
#include "packaging/sandbox/refnode/postgres.h"

#include <functional>
#include <iostream>
#include <stdexcept>

namespace refnode {

namespace {

/// Either backend, seen by a migration.
struct Backend {
    std::function<std::vector<Memory>(std::int64_t limit, std::int64_t offset)> list;
    std::function<void(const std::vector<Memory> &)> write;
};

Backend open(const std::string &url) {
    if (url.starts_with("sqlite://")) {
        const auto store = std::make_shared<Store>(url.substr(9));
        return {[store](std::int64_t limit, std::int64_t offset) { return store->list("", limit, offset); },
                [store](const std::vector<Memory> &memories) {
                    for (const Memory &memory : memories)
                        store->apply(memory);
                }};
    }
    if (url.starts_with("postgres://") || url.starts_with("postgresql://")) {
        const auto postgres = std::make_shared<Postgres>(url);
        return {[postgres](std::int64_t limit, std::int64_t offset) { return postgres->list(limit, offset); },
                [postgres](const std::vector<Memory> &memories) { postgres->write(memories); }};
    }
    throw std::runtime_error("\"" + url + "\" is neither sqlite:// nor postgres://");
}

} // namespace

int migrate(const std::string &from, const std::string &to, std::int64_t batch, bool dryRun) {
    Json errors = Json::array();
    std::int64_t read = 0;
    std::int64_t written = 0;
    std::int64_t batches = 0;
    try {
        const Backend source = open(from);
        const Backend target = open(to);
        for (auto page = source.list(batch, 0); !page.empty(); page = source.list(batch, read)) {
            read += static_cast<std::int64_t>(page.size());
            ++batches;
            if (dryRun)
                continue;
            target.write(page);
            written += static_cast<std::int64_t>(page.size());
        }
    } catch (const std::exception &error) {
        errors.push_back(error.what());
    }
    std::cout << Json{{"from_url", from},      {"to_url", to},
                      {"memories_read", read}, {"memories_written", written},
                      {"batches", batches},    {"errors", errors},
                      {"dry_run", dryRun}}
                     .dump(2)
              << '\n';
    return errors.empty() ? 0 : 1;
}

} // namespace refnode
