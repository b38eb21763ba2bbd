// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/mcptools.h"

#include <algorithm>

namespace refnode {

namespace {

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

// A memory with some fields changed; title and namespace, by which it is known, stay.
Json changed(Store &store, const Json &arguments, const std::function<void(Json &)> &change) {
    Json fields = toJson(existing(store, arguments));
    change(fields);
    return write(store, fields);
}

// Writes the new memory first: cut off in between there are two, never none.
Json replaced(Store &store, const Json &arguments, Json fields) {
    fields.erase("id");
    Json written = write(store, fields);
    if (written.at("id") != arguments.at("id"))
        store.remove(arguments.at("id").get<std::string>());
    return written;
}

// Of a namespace, page by page, until there are as many as were asked for.
std::vector<Memory> where(Store &store, const Json &arguments,
                          const std::function<bool(const Memory &)> &matches) {
    constexpr std::int64_t kPage = 200;
    const auto limit = static_cast<std::size_t>(limitOf(arguments));
    std::vector<Memory> found;
    for (std::int64_t offset = 0;; offset += kPage) {
        const auto page = store.list(arguments.value("namespace", ""), kPage, offset);
        for (const Memory &memory : page) {
            if (found.size() < limit && matches(memory))
                found.push_back(memory);
        }
        if (static_cast<std::int64_t>(page.size()) < kPage || found.size() >= limit)
            return found;
    }
}

const Json text{{"type", "string"}};
const Json texts{{"type", "array"}, {"items", {{"type", "string"}}}};
const Json whole{{"type", "integer"}, {"minimum", 0}};
const Json share{{"type", "number"}, {"minimum", 0}, {"maximum", 1}};

// Tools that make and read memories.
std::vector<Tool> basicTools() {
    return {
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
}

// Tools that change single fields, and find by them.
std::vector<Tool> fieldTools() {
    return {
        {"memory_get_many",
         "Gives several memories.",
         {{"ids", texts}},
         {"ids"},
         [](Store &store, const Json &arguments) {
             std::vector<Memory> found;
             for (const Json &id : arguments.at("ids"))
                 found.push_back(existing(store, Json{{"id", id}}));
             return many(found);
         }},
        {"memory_exists",
         "Says whether there is a memory with this id.",
         {{"id", text}},
         {"id"},
         [](Store &store, const Json &arguments) {
             return Json{{"exists", store.get(arguments.at("id").get<std::string>()).has_value()}};
         }},
        {"memory_rename",
         "Gives a memory another title.",
         {{"id", text}, {"title", text}},
         {"id", "title"},
         [](Store &store, const Json &arguments) {
             // The title is part of a memory's identity, so the renamed one is another memory.
             Json fields = toJson(existing(store, arguments));
             fields["title"] = arguments.at("title");
             return replaced(store, arguments, std::move(fields));
         }},
        {"memory_move",
         "Moves a memory to another namespace.",
         {{"id", text}, {"namespace", text}},
         {"id", "namespace"},
         [](Store &store, const Json &arguments) {
             Json fields = toJson(existing(store, arguments));
             fields["namespace"] = arguments.at("namespace");
             return replaced(store, arguments, std::move(fields));
         }},
        {"memory_copy",
         "Copies a memory into another namespace.",
         {{"id", text}, {"namespace", text}},
         {"id", "namespace"},
         [](Store &store, const Json &arguments) {
             Json fields = toJson(existing(store, arguments));
             fields["namespace"] = arguments.at("namespace");
             fields.erase("id");
             return write(store, fields);
         }},
        {"memory_append",
         "Adds a line to the content of a memory.",
         {{"id", text}, {"line", text}},
         {"id", "line"},
         [](Store &store, const Json &arguments) {
             return changed(store, arguments, [&](Json &fields) {
                 fields["content"] =
                     fields.at("content").get<std::string>() + "\n" + arguments.at("line").get<std::string>();
             });
         }},
        {"memory_set_tier",
         "Moves a memory to a tier: short, mid or long.",
         {{"id", text}, {"tier", text}},
         {"id", "tier"},
         [](Store &store, const Json &arguments) {
             return changed(store, arguments, [&](Json &fields) { fields["tier"] = arguments.at("tier"); });
         }},
        {"memory_demote",
         "Moves a memory to the short tier.",
         {{"id", text}},
         {"id"},
         [](Store &store, const Json &arguments) {
             return changed(store, arguments, [](Json &fields) { fields["tier"] = "short"; });
         }},
        {"memory_set_priority",
         "Sets the priority of a memory.",
         {{"id", text}, {"priority", whole}},
         {"id", "priority"},
         [](Store &store, const Json &arguments) {
             return changed(store, arguments,
                            [&](Json &fields) { fields["priority"] = arguments.at("priority"); });
         }},
        {"memory_set_confidence",
         "Sets the confidence of a memory, from 0 to 1.",
         {{"id", text}, {"confidence", share}},
         {"id", "confidence"},
         [](Store &store, const Json &arguments) {
             return changed(store, arguments,
                            [&](Json &fields) { fields["confidence"] = arguments.at("confidence"); });
         }},
        {"memory_tag",
         "Adds a tag to a memory.",
         {{"id", text}, {"tag", text}},
         {"id", "tag"},
         [](Store &store, const Json &arguments) {
             return changed(store, arguments, [&](Json &fields) {
                 Json &tags = fields["tags"];
                 if (std::find(tags.begin(), tags.end(), arguments.at("tag")) == tags.end())
                     tags.push_back(arguments.at("tag"));
             });
         }},
        {"memory_untag",
         "Takes a tag off a memory.",
         {{"id", text}, {"tag", text}},
         {"id", "tag"},
         [](Store &store, const Json &arguments) {
             return changed(store, arguments, [&](Json &fields) {
                 Json kept = Json::array();
                 for (const Json &tag : fields.at("tags")) {
                     if (tag != arguments.at("tag"))
                         kept.push_back(tag);
                 }
                 fields["tags"] = std::move(kept);
             });
         }},
        {"memory_set_metadata",
         "Sets one member of a memory's metadata.",
         {{"id", text}, {"key", text}, {"value", Json::object()}},
         {"id", "key", "value"},
         [](Store &store, const Json &arguments) {
             return changed(store, arguments, [&](Json &fields) {
                 fields["metadata"][arguments.at("key").get<std::string>()] = arguments.at("value");
             });
         }},
        {"memory_find_tag",
         "Lists memories of a namespace that have a tag.",
         {{"namespace", text}, {"tag", text}, {"limit", whole}},
         {"tag"},
         [](Store &store, const Json &arguments) {
             return many(where(store, arguments, [&](const Memory &memory) {
                 return std::find(memory.tags.begin(), memory.tags.end(), arguments.at("tag")) !=
                        memory.tags.end();
             }));
         }},
        {"memory_find_title",
         "Lists memories of a namespace whose title begins so.",
         {{"namespace", text}, {"prefix", text}, {"limit", whole}},
         {"prefix"},
         [](Store &store, const Json &arguments) {
             return many(where(store, arguments, [&](const Memory &memory) {
                 return memory.title.rfind(arguments.at("prefix").get<std::string>(), 0) == 0;
             }));
         }},
        {"memory_find_agent",
         "Lists memories of a namespace that an agent wrote.",
         {{"namespace", text}, {"agent", text}, {"limit", whole}},
         {"agent"},
         [](Store &store, const Json &arguments) {
             return many(where(store, arguments, [&](const Memory &memory) {
                 return memory.agentId == arguments.at("agent").get<std::string>();
             }));
         }},
        {"memory_find_tier",
         "Lists memories of a namespace that are in a tier.",
         {{"namespace", text}, {"tier", text}, {"limit", whole}},
         {"tier"},
         [](Store &store, const Json &arguments) {
             return many(where(store, arguments, [&](const Memory &memory) {
                 return memory.tier == arguments.at("tier").get<std::string>();
             }));
         }},
        {"memory_titles",
         "Lists the titles in a namespace.",
         {{"namespace", text}, {"limit", whole}},
         {},
         [](Store &store, const Json &arguments) {
             Json titles = Json::array();
             for (const Memory &memory : where(store, arguments, [](const Memory &) { return true; }))
                 titles.push_back(memory.title);
             return Json{{"titles", std::move(titles)}};
         }},
        {"memory_count",
         "Counts the memories of a namespace.",
         {{"namespace", text}},
         {"namespace"},
         [](Store &store, const Json &arguments) {
             const Json stats = store.stats();
             std::int64_t count = 0;
             for (const Json &entry : stats.at("by_namespace")) {
                 if (entry.at("namespace") == arguments.at("namespace"))
                     count = entry.at("count").get<std::int64_t>();
             }
             return Json{{"count", count}};
         }},
        {"memory_changes",
         "Lists what changed since a place in this node's order of changes.",
         {{"since", whole}, {"limit", whole}},
         {"since"},
         [](Store &store, const Json &arguments) {
             Json changes = Json::array();
             for (const Change &change :
                  store.changesSince(arguments.at("since").get<std::int64_t>(), limitOf(arguments)))
                 changes.push_back({{"sequence", change.sequence}, {"memory", toJson(change.memory)}});
             return Json{{"changes", std::move(changes)}};
         }},
        {"memory_sequence",
         "Says the latest place in this node's order of changes.",
         Json::object(),
         {},
         [](Store &store, const Json &) {
             return Json{{"sequence", store.latestSequence()}};
         }},
        {"memory_import",
         "Stores several memories.",
         {{"memories", {{"type", "array"}}}},
         {"memories"},
         [](Store &store, const Json &arguments) {
             Json stored = Json::array();
             for (const Json &fields : arguments.at("memories"))
                 stored.push_back(write(store, fields));
             const std::size_t count = stored.size();
             return Json{{"memories", std::move(stored)}, {"count", count}};
         }},
    };
}

} // namespace

const std::vector<Tool> &tools() {
    static const std::vector<Tool> all = [] {
        std::vector<Tool> list = basicTools();
        for (Tool &tool : fieldTools())
            list.push_back(std::move(tool));
        return list;
    }();
    return all;
}

} // namespace refnode
