// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/memory.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>

namespace refnode {

namespace {

constexpr std::size_t kTitleLimit = 1024;
constexpr std::size_t kContentLimit = std::size_t(64) * 1024;

bool take(const Json &json, const char *key, std::string &into, std::string &problem) {
    if (!json.contains(key) || json.at(key).is_null())
        return true;
    if (!json.at(key).is_string()) {
        problem = std::string(key) + " must be a string";
        return false;
    }
    into = json.at(key).get<std::string>();
    return true;
}

} // namespace

std::string version() {
    return "ai-memory-reference " SLIPWAY_VERSION;
}

std::string newId() {
    thread_local std::random_device random;
    std::array<unsigned, 4> words{};
    for (unsigned &word : words)
        word = random();
    std::array<char, 40> text{};
    (void)std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-%04x-%04x%08x", words[0], words[1] >> 16,
                        words[1] & 0xfff, (words[2] >> 16 & 0x3fff) | 0x8000, words[2] & 0xffff, words[3]);
    return text.data();
}

std::string utcNow() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now);
    const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(now - seconds);
    const std::time_t time = seconds.count();
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 64> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    (void)std::snprintf(text.data() + length, text.size() - length, ".%09lld+00:00",
                        static_cast<long long>(nanoseconds.count()));
    return text.data();
}

std::string httpDate() {
    const std::time_t time = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 64> text{};
    (void)std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text.data();
}

Json toJson(const Memory &memory) {
    return {{"id", memory.id},
            {"tier", memory.tier},
            {"namespace", memory.nameSpace},
            {"title", memory.title},
            {"content", memory.content},
            {"tags", memory.tags},
            {"priority", memory.priority},
            {"confidence", memory.confidence},
            {"source", memory.source},
            {"agent_id", memory.agentId},
            {"metadata", memory.metadata},
            {"created_at", memory.createdAt},
            {"updated_at", memory.updatedAt}};
}

std::optional<Memory> memoryFromJson(const Json &json, std::string &problem) {
    Memory memory;
    if (!json.is_object()) {
        problem = "a memory must be an object";
        return std::nullopt;
    }
    for (const auto &[key, into] :
         {std::pair{"id", &memory.id}, std::pair{"tier", &memory.tier},
          std::pair{"namespace", &memory.nameSpace}, std::pair{"title", &memory.title},
          std::pair{"content", &memory.content}, std::pair{"source", &memory.source},
          std::pair{"agent_id", &memory.agentId}, std::pair{"created_at", &memory.createdAt},
          std::pair{"updated_at", &memory.updatedAt}}) {
        if (!take(json, key, *into, problem))
            return std::nullopt;
    }
    if (memory.title.empty() || memory.title.size() > kTitleLimit)
        problem = "title must have 1 to 1024 bytes";
    else if (memory.content.empty() || memory.content.size() > kContentLimit)
        problem = "content must have 1 to 65536 bytes";
    else if (memory.nameSpace.empty())
        problem = "namespace must not be empty";
    else if (memory.tier != "short" && memory.tier != "mid" && memory.tier != "long")
        problem = "tier must be short, mid or long";
    else if (json.contains("priority") && !json.at("priority").is_number_integer())
        problem = "priority must be a whole number";
    else if (json.contains("confidence") && !json.at("confidence").is_number())
        problem = "confidence must be a number";
    else if (json.contains("tags") && !json.at("tags").is_array())
        problem = "tags must be an array";
    if (!problem.empty())
        return std::nullopt;
    memory.priority = json.value("priority", std::int64_t{5});
    memory.confidence = json.value("confidence", 1.0);
    memory.tags = json.value("tags", Json::array());
    memory.metadata = json.value("metadata", Json::object());
    if (memory.priority < 1 || memory.priority > 10)
        problem = "priority must be from 1 to 10";
    else if (!(memory.confidence >= 0 && memory.confidence <= 1))
        problem = "confidence must be from 0 to 1";
    return problem.empty() ? std::optional(memory) : std::nullopt;
}

} // namespace refnode
