// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/commands.h"

#include <functional>
#include <iostream>
#include <stdexcept>

namespace refnode {

namespace {

struct Tool {
    const char *name;
    const char *description;
    Json properties;
    std::vector<const char *> required;
    std::function<Json(Store &, const Json &)> call;
};

/// The caller's arguments are not what the tool takes.
struct BadArguments : std::runtime_error {
    using std::runtime_error::runtime_error;
};

Json many(const std::vector<Memory> &memories) {
    Json list = Json::array();
    for (const Memory &memory : memories)
        list.push_back(toJson(memory));
    const std::size_t count = list.size();
    return {{"memories", std::move(list)}, {"count", count}};
}

Memory existing(Store &store, const Json &arguments) {
    const auto memory = store.get(arguments.at("id").get<std::string>());
    if (!memory)
        throw BadArguments("there is no memory with this id");
    return *memory;
}

Json write(Store &store, const Json &fields) {
    std::string problem;
    const auto memory = memoryFromJson(fields, problem);
    if (!memory)
        throw BadArguments(problem);
    return toJson(store.write(*memory));
}

std::int64_t limitOf(const Json &arguments) {
    return std::min<std::int64_t>(arguments.value("limit", std::int64_t{20}), 200);
}

const std::vector<Tool> &tools() {
    static const Json text{{"type", "string"}};
    static const Json whole{{"type", "integer"}, {"minimum", 0}};
    static const std::vector<Tool> all{
        {"memory_store",
         "Stores a memory, or updates the one of the same title and namespace.",
         {{"title", text}, {"content", text}, {"namespace", text}, {"tier", text}, {"priority", whole}},
         {"title", "content"},
         [](Store &store, const Json &arguments) { return write(store, arguments); }},
        {"memory_recall",
         "Finds memories that hold every word.",
         {{"query", text}, {"limit", whole}},
         {"query"},
         [](Store &store, const Json &arguments) {
             return many(store.recall(arguments.at("query").get<std::string>(), limitOf(arguments)));
         }},
        {"memory_list",
         "Lists memories of a namespace, page by page.",
         {{"namespace", text}, {"limit", whole}, {"offset", whole}},
         {},
         [](Store &store, const Json &arguments) {
             return many(store.list(arguments.value("namespace", ""), limitOf(arguments),
                                    arguments.value("offset", std::int64_t{0})));
         }},
        {"memory_get",
         "Gives one memory.",
         {{"id", text}},
         {"id"},
         [](Store &store, const Json &arguments) { return toJson(existing(store, arguments)); }},
        {"memory_update",
         "Changes the content of a memory.",
         {{"id", text}, {"content", text}},
         {"id", "content"},
         [](Store &store, const Json &arguments) {
             Json fields = toJson(existing(store, arguments));
             fields["content"] = arguments.at("content");
             return write(store, fields);
         }},
        {"memory_promote",
         "Moves a memory to the long tier.",
         {{"id", text}},
         {"id"},
         [](Store &store, const Json &arguments) {
             Json fields = toJson(existing(store, arguments));
             fields["tier"] = "long";
             return write(store, fields);
         }},
        {"memory_delete",
         "Removes a memory.",
         {{"id", text}},
         {"id"},
         [](Store &store, const Json &arguments) {
             return Json{{"deleted", store.remove(arguments.at("id").get<std::string>())}};
         }},
        {"memory_stats",
         "Counts memories by tier and namespace.",
         Json::object(),
         {},
         [](Store &store, const Json &) { return store.stats(); }},
        {"memory_namespaces",
         "Lists the namespaces.",
         Json::object(),
         {},
         [](Store &store, const Json &) {
             return Json{{"namespaces", store.namespaces()}};
         }},
    };
    return all;
}

Json describe(const Tool &tool) {
    return {
        {"name", tool.name},
        {"description", tool.description},
        {"inputSchema", {{"type", "object"}, {"properties", tool.properties}, {"required", tool.required}}}};
}

Json callTool(Store &store, const Json &parameters) {
    const std::string name = parameters.value("name", "");
    const Json arguments = parameters.value("arguments", Json::object());
    for (const Tool &tool : tools()) {
        if (name != tool.name)
            continue;
        for (const char *required : tool.required) {
            if (!arguments.is_object() || !arguments.contains(required))
                throw BadArguments(std::string("\"") + required + "\" is missing");
        }
        return {{"content", Json::array({{{"type", "text"}, {"text", tool.call(store, arguments).dump()}}})},
                {"isError", false}};
    }
    throw BadArguments("there is no tool \"" + name + "\"");
}

Json failure(const Json &id, int code, const std::string &message) {
    return {{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", message}}}};
}

// The answer to one message; nothing for a notification.
std::optional<Json> respond(Store &store, const Json &message) {
    if (!message.is_object() || message.value("jsonrpc", "") != "2.0" || !message.contains("method") ||
        !message.at("method").is_string())
        return failure(nullptr, -32600, "not a JSON-RPC 2.0 request");
    if (!message.contains("id"))
        return std::nullopt;
    const Json &id = message.at("id");
    const std::string method = message.at("method");
    const auto result = [&](Json value) {
        return Json{{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(value)}};
    };
    try {
        if (method == "initialize") {
            return result({{"protocolVersion", "2024-11-05"},
                           {"capabilities", {{"tools", Json::object()}}},
                           {"serverInfo", {{"name", "ai-memory-reference"}, {"version", SLIPWAY_VERSION}}}});
        }
        if (method == "ping")
            return result(Json::object());
        if (method == "tools/list") {
            Json list = Json::array();
            for (const Tool &tool : tools())
                list.push_back(describe(tool));
            return result({{"tools", std::move(list)}});
        }
        if (method == "tools/call")
            return result(callTool(store, message.value("params", Json::object())));
    } catch (const BadArguments &error) {
        return failure(id, -32602, error.what());
    } catch (const Json::exception &error) {
        return failure(id, -32602, error.what());
    }
    return failure(id, -32601, "there is no method \"" + method + "\"");
}

} // namespace

int speakMcp(Store &store) {
    for (std::string line; std::getline(std::cin, line);) {
        if (line.empty())
            continue;
        const Json message = Json::parse(line, nullptr, false);
        const auto answer =
            message.is_discarded() ? failure(nullptr, -32700, "not JSON") : respond(store, message);
        if (answer)
            std::cout << answer->dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
    }
    return 0;
}

} // namespace refnode
