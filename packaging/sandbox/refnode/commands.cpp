// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/commands.h"

#include <iostream>

namespace refnode {

// There is no language model here, so the curator only counts what it would look at, and says so as the real
// one does.
int curate(Store &store, std::int64_t maxOperations, bool dryRun) {
    const std::string began = utcNow();
    const std::int64_t total = store.stats().at("total").get<std::int64_t>();
    const Json report{
        {"started_at", began},
        {"completed_at", utcNow()},
        {"cycle_duration_ms", 0},
        {"memories_scanned", std::min(total, std::max<std::int64_t>(maxOperations, 0))},
        {"memories_eligible", total},
        {"auto_tagged", 0},
        {"contradictions_found", 0},
        {"operations_attempted", 0},
        {"operations_skipped_cap", std::max<std::int64_t>(total - maxOperations, 0)},
        {"autonomy",
         {{"clusters_formed", 0},
          {"memories_consolidated", 0},
          {"memories_forgotten", 0},
          {"priority_adjustments", 0},
          {"rollback_entries_written", 0},
          {"errors", Json::array()}}},
        {"errors", Json::array({"no LLM client configured"})},
        {"dry_run", dryRun},
    };
    std::cout << report.dump(2) << '\n';
    return 0;
}

} // namespace refnode
