// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/replication.h"

#include <httplib.h>

#include <algorithm>
#include <utility>

namespace refnode {

namespace {

constexpr std::size_t kQueueLimit = 10'000; // beyond it the pulls make up for what is dropped
constexpr auto kPullInterval = std::chrono::milliseconds(100);
constexpr std::int64_t kPullPage = 500;
constexpr auto kShortTimeout = std::chrono::milliseconds(250); // of the lie "skips-outages"

httplib::Client clientTo(const std::string &url, std::chrono::milliseconds timeout) {
    httplib::Client client(url);
    client.set_keep_alive(true);
    client.set_tcp_nodelay(true);
    client.set_connection_timeout(timeout);
    client.set_read_timeout(timeout);
    client.set_write_timeout(timeout);
    return client;
}

} // namespace

/// What the peers said to one write.
struct Replication::Votes {
    std::mutex mutex;
    std::condition_variable changed;
    int yes = 1; // the local commit
    int no = 0;

    void cast(bool accepted) {
        {
            const std::scoped_lock lock(mutex);
            ++(accepted ? yes : no);
        }
        changed.notify_all();
    }
};

Replication::Replication(Store &store, QuorumOptions options)
    : m_store(store), m_options(std::move(options)) {
    if (m_options.lie.is("replicates-nothing"))
        return;
    for (const std::string &url : m_options.peers) {
        m_peers.push_back(std::make_unique<Peer>());
        m_peers.back()->url = url;
    }
    for (const auto &peer : m_peers) {
        peer->pusher = std::thread([this, &peer = *peer] { push(peer); });
        if (m_options.lie.replicatesHonestly())
            peer->puller = std::thread([this, &peer = *peer] { pull(peer); });
    }
}

Replication::~Replication() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    for (const auto &peer : m_peers) {
        peer->pusher.join();
        if (peer->puller.joinable())
            peer->puller.join();
    }
}

QuorumResult Replication::replicate(const Memory &memory) {
    const QuorumResult pretended{std::max(m_options.writes, 1), true, {}};
    if (m_options.lie.dropsWrite(memory))
        return pretended;
    const auto votes = std::make_shared<Votes>();
    const std::string body =
        Json{{"sender_agent_id", "node"}, {"memories", Json::array({toJson(m_options.lie.reported(memory))})}}
            .dump();
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto &peer : m_peers) {
            if (peer->queue.size() >= kQueueLimit) {
                peer->queue.front().votes->cast(false);
                peer->queue.pop_front();
            }
            peer->queue.push_back({body, votes});
        }
    }
    m_wake.notify_all();
    if (m_options.lie.is("acks-early"))
        return pretended;
    const int all = static_cast<int>(m_peers.size());
    std::unique_lock lock(votes->mutex);
    votes->changed.wait_for(lock, m_options.timeout, [&] {
        return votes->yes >= m_options.writes || votes->no == all || votes->yes + votes->no == all + 1;
    });
    QuorumResult result{votes->yes, votes->yes >= m_options.writes, {}};
    if (!result.met)
        result.reason = votes->no > 0 ? "unreachable" : "timeout";
    return result;
}

void Replication::push(Peer &peer) {
    httplib::Client client =
        clientTo(peer.url, m_options.lie.is("skips-outages") ? kShortTimeout : m_options.timeout);
    for (;;) {
        Push next;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [&] { return m_stop || !peer.queue.empty(); });
            if (m_stop)
                return;
            next = std::move(peer.queue.front());
            peer.queue.pop_front();
        }
        if (m_options.lie.is("acks-early"))
            std::this_thread::sleep_for(std::chrono::seconds(2));
        const auto answer = client.Post("/api/v1/sync/push", next.body, "application/json");
        next.votes->cast(answer && answer->status == 200);
    }
}

void Replication::pull(Peer &peer) {
    const bool skips = m_options.lie.is("skips-outages");
    httplib::Client client = clientTo(peer.url, skips ? kShortTimeout : std::chrono::seconds(2));
    std::int64_t position = 0;
    bool missed = false;
    auto wait = kPullInterval;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            if (m_wake.wait_for(lock, wait, [&] { return m_stop; }))
                return;
        }
        wait = kPullInterval;
        const auto answer = client.Get("/api/v1/sync/since?sequence=" + std::to_string(position) +
                                       "&limit=" + std::to_string(kPullPage));
        if (!answer || answer->status != 200) {
            wait = 3 * kPullInterval;
            missed = true;
            continue;
        }
        const Json page = Json::parse(answer->body, nullptr, false);
        if (!page.is_object() || !page.contains("changes") || !page.at("changes").is_array())
            continue;
        if (std::exchange(missed, false) && skips) {
            position = page.value("latest", position);
            continue;
        }
        // A peer that was set up anew counts from the start again.
        if (page.value("latest", position) < position) {
            position = 0;
            continue;
        }
        for (const Json &change : page.at("changes")) {
            std::string problem;
            const auto memory = memoryFromJson(change.value("memory", Json()), problem);
            if (memory && m_options.lie.takes(*memory))
                m_store.apply(*memory);
            position = std::max(position, change.value("sequence", position));
        }
        if (!page.at("changes").empty())
            wait = std::chrono::milliseconds(5);
    }
}

} // namespace refnode
