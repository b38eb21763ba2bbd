// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/simulation.h"

#include "models/evidence/bounds.h"
#include "models/evidence/convergencebound.h"

#include <cmath>
#include <numbers>

namespace slipway::test {

namespace {

// Of what is lost on average, how much the given cycle loses; 1 on average over the campaign. The shapes rise
// and fall in a line, or swing four times.
double drift(int shape, int cycle, int cycles) {
    const double place = (cycle + 0.5) / cycles;
    switch (shape % 3) {
    case 0:
        return 2 * place;
    case 1:
        return 2 * (1 - place);
    default:
        return 1 + std::sin(8 * std::numbers::pi * place);
    }
}

} // namespace

// The standard's own distributions differ between libraries.
bool Simulation::chance(double probability) {
    constexpr double kUnit = 1.0 / (1ULL << 53U);
    return static_cast<double>(m_random() >> 11U) * kUnit < probability;
}

int Simulation::heldOf(Losses losses, double lossRate) {
    if (losses != Losses::Independent)
        return chance(lossRate) ? 0 : kWrites;
    int held = kWrites;
    for (int write = 0; write < kWrites; ++write)
        held -= chance(lossRate) ? 1 : 0;
    return held;
}

Simulation::Outcome Simulation::run(int campaigns, int cycles, Losses losses, double mean, double claim,
                                    bool firstLook) {
    Outcome outcome;
    for (int campaign = 0; campaign < campaigns; ++campaign) {
        ConvergenceBound bound;
        qint64 held = 0;
        bool proven = false;
        for (int cycle = 0; cycle < cycles && !(firstLook && proven); ++cycle) {
            const double share = losses == Losses::Drifting ? drift(campaign, cycle, cycles) : 1;
            const int kept = heldOf(losses, (1 - mean) * share);
            held += kept;
            bound.add(kept, kWrites);
            proven = firstLook && bound.supports(claim);
        }
        outcome.proven += proven || bound.supports(claim) ? 1 : 0;
        outcome.provenByWrite += lowerBound(held, bound.cycles() * kWrites) >= claim ? 1 : 0;
    }
    return outcome;
}

} // namespace slipway::test
