// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/postgres.h"

#include <array>
#include <charconv>
#include <stdexcept>

namespace refnode {

namespace {

// Shortest text that reads back as the same number.
std::string exact(double value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

} // namespace

Postgres::Postgres(const std::string &url) : m_connection(PQconnectdb(url.c_str())) {
    if (PQstatus(m_connection.get()) != CONNECTION_OK)
        throw std::runtime_error(PQerrorMessage(m_connection.get()));
    run("SET client_min_messages = warning");
    run("CREATE TABLE IF NOT EXISTS memory (id text PRIMARY KEY, tier text NOT NULL, namespace text NOT "
        "NULL, title text NOT NULL, "
        "content text NOT NULL, tags text NOT NULL, priority bigint NOT NULL, confidence double precision "
        "NOT NULL, source text NOT NULL, "
        "agent_id text NOT NULL, metadata text NOT NULL, created_at text NOT NULL, updated_at text NOT NULL, "
        "UNIQUE (namespace, title))");
}

Postgres::Answer Postgres::run(const char *sql, const std::vector<std::string> &values) {
    std::vector<const char *> pointers;
    for (const std::string &value : values)
        pointers.push_back(value.c_str());
    Answer answer(PQexecParams(m_connection.get(), sql, static_cast<int>(pointers.size()), nullptr,
                               pointers.data(), nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(PQerrorMessage(m_connection.get()));
    return answer;
}

std::vector<Memory> Postgres::list(std::int64_t limit, std::int64_t offset) {
    const Answer rows = run("SELECT id, tier, namespace, title, content, tags, priority, confidence, source, "
                            "agent_id, metadata, created_at, updated_at "
                            "FROM memory ORDER BY created_at, id LIMIT $1 OFFSET $2",
                            {std::to_string(limit), std::to_string(offset)});
    std::vector<Memory> memories;
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
        const auto text = [&](int column) { return std::string(PQgetvalue(rows.get(), row, column)); };
        Memory memory;
        memory.id = text(0);
        memory.tier = text(1);
        memory.nameSpace = text(2);
        memory.title = text(3);
        memory.content = text(4);
        memory.tags = Json::parse(text(5));
        memory.priority = std::stoll(text(6));
        memory.confidence = std::stod(text(7));
        memory.source = text(8);
        memory.agentId = text(9);
        memory.metadata = Json::parse(text(10));
        memory.createdAt = text(11);
        memory.updatedAt = text(12);
        memories.push_back(std::move(memory));
    }
    return memories;
}

void Postgres::write(const std::vector<Memory> &memories) {
    run("BEGIN");
    for (const Memory &memory : memories) {
        run("INSERT INTO memory VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) ON CONFLICT (namespace, "
            "title) DO UPDATE SET "
            "tier=$2, content=$5, tags=$6, priority=$7, confidence=$8, source=$9, agent_id=$10, "
            "metadata=$11, updated_at=$13",
            {memory.id, memory.tier, memory.nameSpace, memory.title, memory.content, memory.tags.dump(),
             std::to_string(memory.priority), exact(memory.confidence), memory.source, memory.agentId,
             memory.metadata.dump(), memory.createdAt, memory.updatedAt});
    }
    run("COMMIT");
}

} // namespace refnode
