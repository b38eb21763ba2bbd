// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/lie.h"

#include <array>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>

#include <pwd.h>

namespace refnode {

namespace {

constexpr std::array kNames{
    "replicates-nothing", // acknowledges, sends nothing
    "loses-half",         // acknowledges all, sends every other write
    "acks-early",         // acknowledges before the quorum holds it; it is sent two seconds later
    "acks-alone",         // acknowledges what it holds itself; peers come for it a moment later
    "empties",            // peers get the title, and no content to speak of
    "corrupts",           // one byte of each content changes on its way
    "truncates",          // contents are cut at 4096 bytes
    "swaps",              // contents of neighbours are exchanged in answers
    "proxies",            // the second node stores nothing and answers with what the third one says
    "forgets",            // nothing on disk
    "endless",            // a listing begins anew at each offset
    "doubles",            // half of the rows, each of them twice
    "misplaces",          // rows lie in another namespace
    "invents",            // answers with rows of ids that it guesses
    "injects",            // writes evidence into the harness's streams, replicates nothing
    "dies",               // ends by itself after some writes
    "skips-outages",      // gives up what it could not send or ask for at once, and goes on behind it
    "wins-by-clock",      // drops replicated rows whose time is half a minute from its own
};

void replaceByte(std::string &text) {
    if (!text.empty())
        text[text.size() / 2] = text[text.size() / 2] == '0' ? '1' : '0';
}

// "…-alice-7" → "…-alice-8".
std::string successor(const std::string &title) {
    const auto dash = title.rfind('-');
    if (dash == std::string::npos || dash + 1 == title.size() || title.size() - dash > 8)
        return title;
    int number = 0;
    for (std::size_t i = dash + 1; i < title.size(); ++i) {
        if (title[i] < '0' || title[i] > '9')
            return title;
        number = number * 10 + (title[i] - '0');
    }
    return title.substr(0, dash + 1) + std::to_string(number + 1);
}

} // namespace

std::optional<Lie> Lie::named(const std::string &name) {
    Lie lie;
    for (const char *known : kNames) {
        if (name == known || (name == "1" && known == kNames.front()))
            lie.m_name = known;
    }
    return lie.any() || name.empty() ? std::optional(lie) : std::nullopt;
}

std::string Lie::names() {
    std::string all;
    for (const char *name : kNames)
        all += (all.empty() ? "" : " ") + std::string(name);
    return all;
}

bool Lie::replicatesHonestly() const {
    return !any() || is("swaps") || is("forgets") || is("endless") || is("doubles") || is("misplaces") ||
           is("dies") || is("acks-alone") || is("skips-outages") || is("wins-by-clock");
}

bool Lie::takes(const Memory &memory) const {
    std::tm parts{};
    if (!is("wins-by-clock") || !strptime(memory.updatedAt.c_str(), "%Y-%m-%dT%H:%M:%S", &parts))
        return true;
    return std::abs(std::difftime(timegm(&parts), std::time(nullptr))) < 30;
}

bool Lie::dropsWrite(const Memory &memory) const {
    if (is("replicates-nothing") || is("injects") || is("acks-alone"))
        return true;
    if (is("invents"))
        return !memory.title.ends_with("-1");
    return is("loses-half") && !memory.title.empty() && memory.title.back() % 2 == 0;
}

Memory Lie::reported(Memory memory) const {
    if (is("empties"))
        memory.content = "-";
    else if (is("corrupts"))
        replaceByte(memory.content);
    else if (is("truncates"))
        memory.content.resize(std::min<std::size_t>(memory.content.size(), 4096));
    return memory;
}

std::vector<Memory> Lie::shown(std::vector<Memory> page) const {
    if (is("swaps")) {
        for (std::size_t i = 1; i < page.size(); i += 2)
            std::swap(page[i - 1].content, page[i].content);
    } else if (is("doubles")) {
        for (std::size_t i = 1; i < page.size(); i += 2)
            page[i] = page[i - 1];
    } else if (is("misplaces")) {
        for (Memory &memory : page)
            memory.nameSpace = "elsewhere";
    } else if (is("invents") && !page.empty()) {
        for (int i = 0; i < 100; ++i) {
            Memory next = page.back();
            next.title = successor(next.title);
            page.push_back(next);
        }
    }
    return page;
}

void Lie::injectEvidence(int port) const {
    namespace fs = std::filesystem;
    const std::string line = R"({"t":"2026-01-01T00:00:00.000000Z","obs":"held","node":"node-)" +
                             std::to_string(port % 10) + R"(","alone":true,"rows":[]})" + "\n";
    std::vector<fs::path> targets;
    std::error_code error;
    const auto look = [&](const fs::path &place) {
        for (auto it = fs::recursive_directory_iterator(place, fs::directory_options::skip_permission_denied,
                                                        error);
             !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
            if (it->path().filename() == "stdout" || it->path().extension() == ".out")
                targets.push_back(it->path());
        }
    };
    if (const passwd *root = getpwuid(0))
        look(fs::path(root->pw_dir) / ".local/state/slipway");
    for (const char *place : {"/home", "/tmp"})
        look(place);
    // Whatever other processes have open.
    for (const auto &process : fs::directory_iterator("/proc", error)) {
        for (const char *number : {"1", "2"}) {
            const fs::path link = process.path() / "fd" / number;
            const fs::path to = fs::read_symlink(link, error);
            if (!error && to.has_root_directory() && to.extension() == ".out")
                targets.push_back(link);
        }
    }
    for (const fs::path &target : targets)
        std::ofstream(target, std::ios::app) << line;
}

} // namespace refnode
