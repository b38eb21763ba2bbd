// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/store.h"

#include <filesystem>
#include <sstream>
#include <stdexcept>

namespace refnode {

namespace {

constexpr const char *kColumns = "id, tier, namespace, title, content, tags, priority, confidence, source, "
                                 "agent_id, metadata, created_at, updated_at";

std::string columnText(sqlite3_stmt *statement, int column) {
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
    return text ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)))
                : std::string();
}

Memory readRow(sqlite3_stmt *statement) {
    Memory memory;
    memory.id = columnText(statement, 0);
    memory.tier = columnText(statement, 1);
    memory.nameSpace = columnText(statement, 2);
    memory.title = columnText(statement, 3);
    memory.content = columnText(statement, 4);
    memory.tags = Json::parse(columnText(statement, 5));
    memory.priority = sqlite3_column_int64(statement, 6);
    memory.confidence = sqlite3_column_double(statement, 7);
    memory.source = columnText(statement, 8);
    memory.agentId = columnText(statement, 9);
    memory.metadata = Json::parse(columnText(statement, 10));
    memory.createdAt = columnText(statement, 11);
    memory.updatedAt = columnText(statement, 12);
    return memory;
}

} // namespace

Store::Store(const std::string &path) : m_path(path) {
    sqlite3 *connection = nullptr;
    const int status =
        sqlite3_open_v2(path.c_str(), &connection,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
    m_connection.reset(connection);
    if (status != SQLITE_OK)
        fail();
    sqlite3_busy_timeout(connection, 5000);
    execute("PRAGMA journal_mode=WAL");
    execute("PRAGMA synchronous=FULL");
    execute("CREATE TABLE IF NOT EXISTS memory ("
            " sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, tier TEXT NOT NULL, namespace "
            "TEXT NOT NULL,"
            " title TEXT NOT NULL, content TEXT NOT NULL, tags TEXT NOT NULL, priority INTEGER NOT NULL, "
            "confidence REAL NOT NULL,"
            " source TEXT NOT NULL, agent_id TEXT NOT NULL, metadata TEXT NOT NULL, created_at TEXT NOT "
            "NULL, updated_at TEXT NOT NULL,"
            " UNIQUE (namespace, title)) STRICT");
}

void Store::fail() const {
    throw std::runtime_error("the database " + m_path + " failed: " + sqlite3_errmsg(m_connection.get()));
}

void Store::execute(const char *sql) {
    if (sqlite3_exec(m_connection.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        fail();
}

Store::Statement Store::prepare(const char *sql, const std::vector<std::string> &texts,
                                const std::vector<std::int64_t> &numbers) {
    sqlite3_stmt *raw = nullptr;
    if (sqlite3_prepare_v2(m_connection.get(), sql, -1, &raw, nullptr) != SQLITE_OK)
        fail();
    Statement statement(raw);
    int position = 0;
    for (const std::string &text : texts)
        sqlite3_bind_text(raw, ++position, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    for (const std::int64_t number : numbers)
        sqlite3_bind_int64(raw, ++position, number);
    return statement;
}

// A changed row gets a new sequence, so that whoever asks "since" sees it again.
void Store::upsert(const Memory &memory) {
    Statement statement =
        prepare("INSERT OR REPLACE INTO memory(id, tier, namespace, title, content, tags, source, agent_id, "
                "metadata, "
                "created_at, updated_at, priority, confidence) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                {memory.id, memory.tier, memory.nameSpace, memory.title, memory.content, memory.tags.dump(),
                 memory.source, memory.agentId, memory.metadata.dump(), memory.createdAt, memory.updatedAt},
                {memory.priority});
    sqlite3_bind_double(statement.get(), 13, memory.confidence);
    if (sqlite3_step(statement.get()) != SQLITE_DONE)
        fail();
}

std::vector<Memory> Store::sameTitle(const Memory &memory) {
    const std::string sql = std::string("SELECT ") + kColumns + " FROM memory WHERE namespace=? AND title=?";
    return read(prepare(sql.c_str(), {memory.nameSpace, memory.title}));
}

Memory Store::write(Memory memory) {
    const std::scoped_lock lock(m_mutex);
    memory.updatedAt = utcNow();
    const auto old = sameTitle(memory);
    memory.id = old.empty() ? newId() : old.front().id;
    memory.createdAt = old.empty() ? memory.updatedAt : old.front().createdAt;
    upsert(memory);
    return memory;
}

bool Store::apply(const Memory &memory) {
    const std::scoped_lock lock(m_mutex);
    const auto old = sameTitle(memory);
    // Last writer wins; ids decide between two writes of the same instant, so that all nodes decide alike.
    if (!old.empty() &&
        std::pair(old.front().updatedAt, old.front().id) >= std::pair(memory.updatedAt, memory.id))
        return false;
    upsert(memory);
    return true;
}

bool Store::remove(const std::string &id) {
    const std::scoped_lock lock(m_mutex);
    const Statement statement = prepare("DELETE FROM memory WHERE id=?", {id});
    if (sqlite3_step(statement.get()) != SQLITE_DONE)
        fail();
    return sqlite3_changes(m_connection.get()) > 0;
}

std::vector<Memory> Store::read(Statement statement) {
    std::vector<Memory> memories;
    int status = SQLITE_OK;
    while ((status = sqlite3_step(statement.get())) == SQLITE_ROW)
        memories.push_back(readRow(statement.get()));
    if (status != SQLITE_DONE)
        fail();
    return memories;
}

std::optional<Memory> Store::get(const std::string &id) {
    const std::scoped_lock lock(m_mutex);
    const std::string sql = std::string("SELECT ") + kColumns + " FROM memory WHERE id=?";
    const auto found = read(prepare(sql.c_str(), {id}));
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<Memory> Store::list(const std::string &nameSpace, std::int64_t limit, std::int64_t offset) {
    const std::scoped_lock lock(m_mutex);
    const std::string sql =
        std::string("SELECT ") + kColumns +
        " FROM memory WHERE ?1='' OR namespace=?1 ORDER BY created_at, id LIMIT ?2 OFFSET ?3";
    return read(prepare(sql.c_str(), {nameSpace}, {limit, offset}));
}

std::vector<Memory> Store::recall(const std::string &words, std::int64_t limit) {
    std::istringstream stream(words);
    std::string sql = std::string("SELECT ") + kColumns + " FROM memory WHERE 1";
    std::vector<std::string> texts;
    for (std::string word; stream >> word && texts.size() < 32;) {
        sql += " AND instr(lower(title || ' ' || content), lower(?)) > 0";
        texts.push_back(word);
    }
    sql += " ORDER BY priority DESC, updated_at DESC LIMIT ?";
    const std::scoped_lock lock(m_mutex);
    return read(prepare(sql.c_str(), texts, {limit}));
}

std::vector<Change> Store::changesSince(std::int64_t sequence, std::int64_t limit) {
    const std::scoped_lock lock(m_mutex);
    const std::string sql = std::string("SELECT ") + kColumns +
                            ", sequence FROM memory WHERE sequence > ? ORDER BY sequence LIMIT ?";
    const Statement statement = prepare(sql.c_str(), {}, {sequence, limit});
    std::vector<Change> changes;
    while (sqlite3_step(statement.get()) == SQLITE_ROW)
        changes.push_back({sqlite3_column_int64(statement.get(), 13), readRow(statement.get())});
    return changes;
}

std::int64_t Store::latestSequence() {
    const std::scoped_lock lock(m_mutex);
    const Statement statement = prepare("SELECT coalesce(max(sequence), 0) FROM memory");
    return sqlite3_step(statement.get()) == SQLITE_ROW ? sqlite3_column_int64(statement.get(), 0) : 0;
}

Json Store::namespaces() {
    const std::scoped_lock lock(m_mutex);
    Json list = Json::array();
    const Statement statement =
        prepare("SELECT namespace, count(*) FROM memory GROUP BY namespace ORDER BY namespace");
    while (sqlite3_step(statement.get()) == SQLITE_ROW)
        list.push_back({{"namespace", columnText(statement.get(), 0)},
                        {"count", sqlite3_column_int64(statement.get(), 1)}});
    return list;
}

Json Store::stats() {
    const Json byNamespace = namespaces();
    const std::scoped_lock lock(m_mutex);
    Json byTier = Json::array();
    std::int64_t total = 0;
    const Statement statement = prepare("SELECT tier, count(*) FROM memory GROUP BY tier ORDER BY tier");
    while (sqlite3_step(statement.get()) == SQLITE_ROW) {
        total += sqlite3_column_int64(statement.get(), 1);
        byTier.push_back(
            {{"tier", columnText(statement.get(), 0)}, {"count", sqlite3_column_int64(statement.get(), 1)}});
    }
    std::error_code ignored;
    const auto size = std::filesystem::file_size(m_path, ignored);
    return {{"total", total},     {"by_tier", byTier}, {"by_namespace", byNamespace},
            {"expiring_soon", 0}, {"links_count", 0},  {"db_size_bytes", ignored ? 0 : size}};
}

void Store::snapshotTo(const std::string &path) {
    const std::scoped_lock lock(m_mutex);
    const Statement statement = prepare("VACUUM INTO ?", {path});
    if (sqlite3_step(statement.get()) != SQLITE_DONE)
        fail();
}

} // namespace refnode
