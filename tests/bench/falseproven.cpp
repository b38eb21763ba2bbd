// SPDX-License-Identifier: GPL-3.0-or-later
// How often simulated campaigns of servers whose true mean is the claim itself are called proven, in percent;
// and after how many cycles one that loses nothing is. Also what the bound by write would have said.
#include "tests/models/evidence/simulation.h"

#include <algorithm>
#include <cstdio>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr double kClaim = 0.995;
constexpr int kCampaigns = 10'000;
constexpr int kPlanned = 747; // 1.25 times what a size that is fixed beforehand needs
constexpr int kWatched = 3'000;

struct Column {
    const char *name;
    Losses losses;
    int cycles;
    bool firstLook;
};

constexpr std::array<Column, 4> kColumns{{{"independent losses", Losses::Independent, kPlanned, false},
                                          {"whole cycles", Losses::WholeCycles, kPlanned, false},
                                          {"drifting rates", Losses::Drifting, kPlanned, false},
                                          {"first green look", Losses::WholeCycles, kWatched, true}}};

double percent(int proven) {
    return 100.0 * proven / kCampaigns;
}

} // namespace

int main() {
    Simulation simulation(20'240'601);
    double worst = 0;
    std::printf("%-20s %9s %8s %16s %10s\n", "true mean 0.995", "campaigns", "cycles", "false PROVEN",
                "by write");
    for (const Column &column : kColumns) {
        const auto outcome =
            simulation.run(kCampaigns, column.cycles, column.losses, kClaim, kClaim, column.firstLook);
        worst = std::max(worst, percent(outcome.proven));
        std::printf("%-20s %9d %8d %14.2f %% %8.2f %%\n", column.name, kCampaigns, column.cycles,
                    percent(outcome.proven), percent(outcome.provenByWrite));
    }
    const int clean = simulation.run(kCampaigns, kPlanned, Losses::WholeCycles, 1, kClaim, true).proven;
    std::printf("%-20s %9d %8d %9d PROVEN\n", "true mean 1", kCampaigns, kPlanned, clean);
    std::printf("false-proven %.2f\n", worst);
    std::printf("clean-proven %d %d\n", clean, kCampaigns);
    return 0;
}
