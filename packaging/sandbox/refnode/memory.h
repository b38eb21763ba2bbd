// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace refnode {

using Json = nlohmann::json;

/// One memory, as it is stored, sent to peers and shown. times are RFC 3339, UTC.
struct Memory {
    std::string id;
    std::string tier = "mid";
    std::string nameSpace = "global";
    std::string title;
    std::string content;
    Json tags = Json::array();
    std::int64_t priority = 5;
    double confidence = 1.0;
    std::string source = "api";
    std::string agentId;
    Json metadata = Json::object();
    std::string createdAt;
    std::string updatedAt;
};

[[nodiscard]] Json toJson(const Memory &memory);
/// From a client or a peer; `problem` names the first field that is not what it must be.
[[nodiscard]] std::optional<Memory> memoryFromJson(const Json &json, std::string &problem);

[[nodiscard]] std::string newId();    ///< 128 random bits as a UUID
[[nodiscard]] std::string utcNow();   ///< RFC 3339 with nanoseconds
[[nodiscard]] std::string httpDate(); ///< "Mon, 30 Nov 2026 17:00:00 GMT"
[[nodiscard]] std::string version();  ///< "ai-memory-reference 0.1.0"

} // namespace refnode
