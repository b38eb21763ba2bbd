// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <random>

namespace slipway::test {

/// How a simulated server loses acknowledged writes; on average always the same share.
enum class Losses {
    Independent, ///< each write by itself
    WholeCycles, ///< a cycle loses all or nothing
    Drifting,    ///< as whole cycles, at a rate that rises, falls or swings, by turns
};

inline constexpr std::array kLosses{Losses::Independent, Losses::WholeCycles, Losses::Drifting};

/// Simulates the cycles of campaigns; the same seed gives the same campaigns everywhere.
class Simulation {
public:
    static constexpr int kWrites = 25; ///< acknowledged in each cycle

    explicit Simulation(quint64 seed) : m_random(seed) {}

    /// How many campaigns of `cycles` cycles at a true mean of `mean` end with a lower bound of at least
    /// `claim`; with `firstLook` the bound is looked at after every cycle and the campaign ends when it is.
    struct Outcome {
        int proven = 0;
        int provenByWrite = 0; ///< by Clopper and Pearson, as if writes were independent
    };
    Outcome run(int campaigns, int cycles, Losses losses, double mean, double claim, bool firstLook);

private:
    [[nodiscard]] bool chance(double probability);
    [[nodiscard]] int heldOf(Losses losses, double lossRate);

    std::mt19937_64 m_random;
};

} // namespace slipway::test
