// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/httpserver.h"

#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include <pthread.h>

namespace refnode {

namespace {

constexpr std::int64_t kDefaultPage = 20;
constexpr std::int64_t kLargestPage = 200;
constexpr std::size_t kThreads = 24; // a kept-alive connection holds one
constexpr std::size_t kBodyLimit = std::size_t(16) * 1024 * 1024;

void answer(httplib::Response &response, int status, const Json &json) {
    response.status = status;
    response.set_content(json.dump(-1, ' ', false, Json::error_handler_t::replace), "application/json");
}

void refuse(httplib::Response &response, const std::string &why) {
    answer(response, 400, {{"error", why}});
}

// A parameter of the query as a number from 0 up; `fallback` when it is absent, nothing when it is something
// else.
std::optional<std::int64_t> number(const httplib::Request &request, const char *name, std::int64_t fallback) {
    if (!request.has_param(name))
        return fallback;
    const std::string text = request.get_param_value(name);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

void create(Store &store, Replication &replication, const httplib::Request &request,
            httplib::Response &response) {
    const Json body = Json::parse(request.body, nullptr, false);
    if (body.is_discarded())
        return refuse(response, "the body is not JSON");
    std::string problem;
    auto memory = memoryFromJson(body, problem);
    if (!memory)
        return refuse(response, problem);
    memory->agentId = request.get_header_value("X-Agent-Id");
    static std::atomic<int> written{0};
    if (replication.lie().is("dies") && ++written > 10)
        std::_Exit(3);
    const Memory stored = store.write(*memory);
    const QuorumResult quorum = replication.replicate(stored);
    if (!quorum.met) {
        response.set_header("Retry-After", "2");
        return answer(response, 503,
                      {{"error", "quorum_not_met"},
                       {"got", quorum.got},
                       {"needed", replication.needed()},
                       {"reason", quorum.reason}});
    }
    answer(response, 201,
           {{"id", stored.id},
            {"tier", stored.tier},
            {"namespace", stored.nameSpace},
            {"title", stored.title},
            {"agent_id", stored.agentId},
            {"quorum_acks", quorum.got}});
}

// The second of three nodes that name each other in order.
bool isSecond(const ServeOptions &options) {
    if (options.quorum.peers.size() != 2)
        return false;
    const std::string own = "http://" + options.host + ':' + std::to_string(options.port);
    return options.quorum.peers[0] < own && own < options.quorum.peers[1];
}

void list(Store &store, const ServeOptions &options, const httplib::Request &request,
          httplib::Response &response) {
    const Lie &lie = options.quorum.lie;
    if (lie.is("proxies") && isSecond(options)) {
        httplib::Client other(options.quorum.peers[1]);
        if (const auto answer = other.Get(request.target))
            return response.set_content(answer->body, "application/json");
    }
    const auto limit = number(request, "limit", kDefaultPage);
    const auto offset = number(request, "offset", 0);
    if (!limit || !offset)
        return refuse(response, "limit and offset must be numbers from 0 up");
    Json memories = Json::array();
    for (const Memory &memory :
         lie.shown(store.list(request.get_param_value("namespace"), std::min(*limit, kLargestPage),
                              lie.is("endless") ? 0 : *offset)))
        memories.push_back(toJson(memory));
    const std::size_t count = memories.size();
    answer(response, 200, {{"memories", std::move(memories)}, {"count", count}});
}

void takePush(Store &store, const ServeOptions &options, const httplib::Request &request,
              httplib::Response &response) {
    if (options.quorum.lie.is("proxies") && isSecond(options))
        return answer(response, 200, {{"applied", 1}, {"noop", 0}});
    const Json body = Json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("memories") || !body.at("memories").is_array())
        return refuse(response, "memories must be an array");
    int applied = 0;
    int unchanged = 0;
    for (const Json &entry : body.at("memories")) {
        std::string problem;
        const auto memory = memoryFromJson(entry, problem);
        if (!memory || memory->id.empty() || memory->updatedAt.empty())
            return refuse(response, problem.empty() ? "a pushed memory needs id and updated_at" : problem);
        ++(options.quorum.lie.takes(*memory) && store.apply(*memory) ? applied : unchanged);
    }
    answer(response, 200, {{"applied", applied}, {"noop", unchanged}});
}

void giveChanges(Store &store, const httplib::Request &request, httplib::Response &response) {
    const auto sequence = number(request, "sequence", 0);
    const auto limit = number(request, "limit", kLargestPage);
    if (!sequence || !limit)
        return refuse(response, "sequence and limit must be numbers from 0 up");
    Json changes = Json::array();
    std::int64_t latest = store.latestSequence();
    for (const Change &change : store.changesSince(*sequence, std::min<std::int64_t>(*limit, 1000)))
        changes.push_back({{"sequence", change.sequence}, {"memory", toJson(change.memory)}});
    answer(response, 200, {{"changes", std::move(changes)}, {"latest", latest}});
}

// Every request may meet a disk that fails; that is an answer of 500, never an acknowledgement.
template <typename Handler>
httplib::Server::Handler guarded(Handler handler) {
    return [handler](const httplib::Request &request, httplib::Response &response) {
        try {
            handler(request, response);
        } catch (const std::exception &error) {
            std::cerr << "request failed: " << error.what() << std::endl;
            answer(response, 500, {{"error", error.what()}});
        }
    };
}

} // namespace

int serve(Store &store, const ServeOptions &options) {
    // Taken by one thread that waits for them; blocked in all that are started from here on.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    Replication replication(store, options.quorum);
    httplib::Server server;
    server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server.set_payload_max_length(kBodyLimit);
    server.set_tcp_nodelay(true);
    server.set_keep_alive_max_count(1'000'000);
    server.set_keep_alive_timeout(1); // also how long a stop may take
    server.set_post_routing_handler([](const httplib::Request &, httplib::Response &response) {
        response.set_header("Date", httpDate()); // RFC 9110: who has a clock sends it
    });
    server.Get("/api/v1/health", [](const httplib::Request &, httplib::Response &response) {
        answer(response, 200, {{"status", "ok"}, {"service", "ai-memory"}});
    });
    server.Post("/api/v1/memories", guarded([&](const auto &request, auto &response) {
                    create(store, replication, request, response);
                }));
    server.Get("/api/v1/memories", guarded([&](const auto &request, auto &response) {
                   list(store, options, request, response);
               }));
    server.Get("/api/v1/stats", guarded([&](const auto &, auto &response) {
                   if (options.quorum.lie.is("injects"))
                       options.quorum.lie.injectEvidence(options.port);
                   answer(response, 200, store.stats());
               }));
    server.Get("/api/v1/namespaces", guarded([&](const auto &, auto &response) {
                   answer(response, 200, {{"namespaces", store.namespaces()}});
               }));
    server.Post("/api/v1/sync/push", guarded([&](const auto &request, auto &response) {
                    takePush(store, options, request, response);
                }));
    server.Get("/api/v1/sync/since",
               guarded([&](const auto &request, auto &response) { giveChanges(store, request, response); }));
    if (!server.bind_to_port(options.host, options.port)) {
        std::cerr << "cannot listen on " << options.host << ':' << options.port << "; is the port taken?"
                  << std::endl;
        return 1;
    }
    std::cerr << version() << " listens on " << options.host << ':' << options.port << ", quorum "
              << options.quorum.writes << " of " << options.quorum.peers.size() + 1
              << (options.quorum.lie.any() ? ", and LIES" : "") << std::endl;
    std::thread waiter([&] {
        int number = 0;
        sigwait(&signals, &number);
        server.stop();
    });
    const bool served = server.listen_after_bind();
    pthread_kill(waiter.native_handle(), SIGTERM);
    waiter.join();
    return served ? 0 : 1;
}

} // namespace refnode
