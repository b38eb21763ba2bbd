// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/commands.h"
#include "packaging/sandbox/refnode/httpserver.h"

#include <charconv>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

namespace refnode {

namespace {

constexpr int kUsage = 2;

const char *const kHelp =
    "ai-memory-reference: a small server with the surface of ai-memory\n\n"
    "  ai-memory-reference [--db PATH] COMMAND\n\n"
    "  store --title T --content C [--tier short|mid|long] [--namespace N]\n"
    "  recall WORDS [--limit N] [--json]\n"
    "  stats [--json]\n"
    "  backup --to DIR [--keep N]\n"
    "  curator --once [--dry-run] [--max-ops N] [--json]\n"
    "  mcp\n"
    "  serve [--host H] [--port P] [--quorum-writes W] [--quorum-peers URL,URL] [--quorum-timeout-ms MS] "
    "[--lie NAME]\n"
    "  migrate --from URL --to URL [--batch N] [--dry-run] [--json]\n\n"
    "AI_MEMORY_DB names the database when --db does not. --lie, or AI_MEMORY_REFERENCE_LIE, makes a node "
    "report\n"
    "one of the lies that lie.cpp knows, for tests that must detect them.\n";

struct BadUsage : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Words and --options of a command line, checked against what a command takes.
class Arguments {
public:
    Arguments(int argc, char **argv) {
        static const std::set<std::string> flags{"--json", "--once", "--dry-run", "--help", "--version"};
        for (int i = 1; i < argc; ++i) {
            const std::string word = argv[i];
            if (!word.starts_with("--"))
                m_words.push_back(word);
            else if (flags.contains(word))
                m_options[word] = "";
            else if (i + 1 < argc)
                m_options[word] = argv[++i];
            else
                throw BadUsage(word + " needs a value");
        }
    }

    [[nodiscard]] bool has(const std::string &option) {
        m_seen.insert(option);
        return m_options.contains(option);
    }
    [[nodiscard]] std::string text(const std::string &option, const std::string &fallback) {
        m_seen.insert(option);
        const auto it = m_options.find(option);
        return it == m_options.end() ? fallback : it->second;
    }
    [[nodiscard]] std::string required(const std::string &option) {
        if (!m_options.contains(option))
            throw BadUsage(option + " is missing");
        return text(option, {});
    }
    [[nodiscard]] std::int64_t number(const std::string &option, std::int64_t fallback, std::int64_t min,
                                      std::int64_t max) {
        const std::string value = text(option, std::to_string(fallback));
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (error != std::errc() || end != value.data() + value.size() || number < min || number > max)
            throw BadUsage(option + " must be a number from " + std::to_string(min) + " to " +
                           std::to_string(max));
        return number;
    }
    [[nodiscard]] std::string word(std::size_t index) const {
        return index < m_words.size() ? m_words.at(index) : std::string();
    }

    void refuseOthers(std::size_t words) const {
        for (const auto &[option, value] : m_options) {
            if (!m_seen.contains(option))
                throw BadUsage("unknown option " + option);
        }
        if (m_words.size() > words)
            throw BadUsage("unexpected \"" + m_words.at(words) + "\"");
    }

private:
    std::vector<std::string> m_words;
    std::map<std::string, std::string> m_options;
    std::set<std::string> m_seen;
};

std::string databasePath(Arguments &arguments) {
    const char *fromEnvironment = std::getenv("AI_MEMORY_DB");
    return arguments.text("--db", fromEnvironment && *fromEnvironment ? fromEnvironment : "ai-memory.db");
}

int runStore(Arguments &arguments) {
    const Json fields{{"title", arguments.required("--title")},
                      {"content", arguments.required("--content")},
                      {"tier", arguments.text("--tier", "mid")},
                      {"namespace", arguments.text("--namespace", "global")},
                      {"source", "cli"}};
    const std::string path = databasePath(arguments);
    arguments.refuseOthers(1);
    std::string problem;
    const auto memory = memoryFromJson(fields, problem);
    if (!memory)
        throw BadUsage(problem);
    Store store(path);
    std::cout << "stored: " << store.write(*memory).id << '\n';
    return 0;
}

int runRecall(Arguments &arguments) {
    const std::string words = arguments.word(1);
    const std::int64_t limit = arguments.number("--limit", 10, 1, 200);
    const bool json = arguments.has("--json");
    const std::string path = databasePath(arguments);
    arguments.refuseOthers(2);
    Store store(path);
    Json list = Json::array();
    for (const Memory &memory : store.recall(words, limit)) {
        list.push_back(toJson(memory));
        if (!json)
            std::cout << memory.title << ": " << memory.content << '\n';
    }
    const std::size_t count = list.size();
    if (json)
        std::cout << Json{{"memories", std::move(list)}, {"count", count}}.dump() << '\n';
    return 0;
}

int runStats(Arguments &arguments) {
    const bool json = arguments.has("--json");
    const std::string path = databasePath(arguments);
    arguments.refuseOthers(1);
    Store store(path);
    std::cout << store.stats().dump(json ? -1 : 2) << '\n';
    return 0;
}

int runServe(Arguments &arguments) {
    ServeOptions options;
    options.host = arguments.text("--host", "127.0.0.1");
    options.port = static_cast<int>(arguments.number("--port", 9077, 1, 65535));
    options.quorum.writes = static_cast<int>(arguments.number("--quorum-writes", 1, 1, 100));
    options.quorum.timeout =
        std::chrono::milliseconds(arguments.number("--quorum-timeout-ms", 2000, 1, 600'000));
    const char *fromEnvironment = std::getenv("AI_MEMORY_REFERENCE_LIE");
    const auto lie = Lie::named(arguments.text("--lie", fromEnvironment ? fromEnvironment : ""));
    if (!lie)
        throw BadUsage("--lie must be one of: " + Lie::names());
    options.quorum.lie = *lie;
    std::istringstream peers(arguments.text("--quorum-peers", ""));
    for (std::string url; std::getline(peers, url, ',');) {
        if (!url.empty())
            options.quorum.peers.push_back(url);
    }
    const std::string path = databasePath(arguments);
    arguments.refuseOthers(1);
    Store store(lie->is("forgets") ? ":memory:" : path);
    return serve(store, options);
}

int runMigrate(Arguments &arguments) {
    const std::string from = arguments.required("--from");
    const std::string to = arguments.required("--to");
    const std::int64_t batch = arguments.number("--batch", 500, 1, 100'000);
    const bool dryRun = arguments.has("--dry-run");
    [[maybe_unused]] const bool json = arguments.has("--json");
    arguments.refuseOthers(1);
    return migrate(from, to, batch, dryRun);
}

int runBackup(Arguments &arguments) {
    const std::string folder = arguments.required("--to");
    const auto keep = static_cast<std::size_t>(arguments.number("--keep", 10, 1, 100'000));
    const std::string path = databasePath(arguments);
    arguments.refuseOthers(1);
    Store store(path);
    return backup(store, path, folder, keep);
}

int runCurator(Arguments &arguments) {
    const std::int64_t max = arguments.number("--max-ops", 100, 0, 1'000'000);
    const bool dryRun = arguments.has("--dry-run");
    [[maybe_unused]] const bool once = arguments.has("--once");
    [[maybe_unused]] const bool json = arguments.has("--json");
    const std::string path = databasePath(arguments);
    arguments.refuseOthers(1);
    Store store(path);
    return curate(store, max, dryRun);
}

int runMcp(Arguments &arguments) {
    const std::string path = databasePath(arguments);
    arguments.refuseOthers(1);
    Store store(path);
    return speakMcp(store);
}

int run(int argc, char **argv) {
    static const std::map<std::string, int (*)(Arguments &)> commands{
        {"store", runStore},     {"recall", runRecall}, {"stats", runStats},     {"serve", runServe},
        {"migrate", runMigrate}, {"backup", runBackup}, {"curator", runCurator}, {"mcp", runMcp}};
    Arguments arguments(argc, argv);
    if (arguments.has("--version")) {
        std::cout << version() << '\n';
        return 0;
    }
    const auto command = commands.find(arguments.word(0));
    if (arguments.has("--help") || command == commands.end()) {
        (arguments.has("--help") ? std::cout : std::cerr) << kHelp;
        return arguments.has("--help") ? 0 : kUsage;
    }
    return command->second(arguments);
}

} // namespace

} // namespace refnode

int main(int argc, char **argv) {
    try {
        return refnode::run(argc, argv);
    } catch (const refnode::BadUsage &error) {
        std::cerr << "ai-memory-reference: " << error.what() << "; see --help\n";
        return refnode::kUsage;
    } catch (const std::exception &error) {
        std::cerr << "ai-memory-reference: " << error.what() << '\n';
        return 1;
    }
}
