// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "packaging/sandbox/refnode/memory.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refnode {

/// Which way a node lies; "" for an honest one. Each is a way in which a server could look better than it
/// is; a gate that stays green on one proves nothing. Pure but for injectEvidence.
class Lie {
public:
    Lie() = default;
    /// Nothing when there is no lie of that name. "1" is "replicates-nothing".
    static std::optional<Lie> named(const std::string &name);
    static std::string names(); ///< blank-separated, for the help

    [[nodiscard]] bool is(std::string_view name) const { return m_name == name; }
    [[nodiscard]] bool any() const { return !m_name.empty(); }
    /// What is sent to peers pretends to come from here; nothing is taken from them.
    [[nodiscard]] bool replicatesHonestly() const;
    /// Sent to no peer and acknowledged all the same.
    [[nodiscard]] bool dropsWrite(const Memory &memory) const;
    /// Whether a replicated memory is kept.
    [[nodiscard]] bool takes(const Memory &memory) const;
    /// What peers are given instead of the memory.
    [[nodiscard]] Memory reported(Memory memory) const;
    /// What a listing shows instead of the page.
    [[nodiscard]] std::vector<Memory> shown(std::vector<Memory> page) const;
    /// Writes observations of its own wherever the harness's streams can be found and opened.
    void injectEvidence(int port) const;

private:
    std::string m_name;
};

} // namespace refnode
