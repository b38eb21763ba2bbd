// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/commands.h"
#include "packaging/sandbox/refnode/mcptools.h"

#include <iostream>

namespace refnode {

namespace {

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
