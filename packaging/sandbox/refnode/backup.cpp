// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/sandbox/refnode/commands.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

namespace refnode {

namespace {

namespace fs = std::filesystem;

std::string sha256Of(const fs::path &path) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    std::ifstream file(path, std::ios::binary);
    std::array<char, 65536> buffer{};
    while (file.read(buffer.data(), buffer.size()) || file.gcount() > 0)
        EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(file.gcount()));
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_DigestFinal_ex(context.get(), digest.data(), &size);
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += "0123456789abcdef"[digest.at(i) >> 4];
        hex += "0123456789abcdef"[digest.at(i) & 15];
    }
    return hex;
}

// The oldest go first; their names carry the time.
void prune(const fs::path &folder, std::size_t keep) {
    std::vector<fs::path> snapshots;
    for (const auto &entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("ai-memory-") && name.ends_with(".db"))
            snapshots.push_back(entry.path());
    }
    std::sort(snapshots.begin(), snapshots.end());
    for (std::size_t i = 0; i + keep < snapshots.size(); ++i) {
        fs::remove(fs::path(snapshots.at(i)).replace_extension(".manifest.json"));
        fs::remove(snapshots.at(i));
    }
}

} // namespace

int backup(Store &store, const std::string &database, const std::string &folder, std::size_t keep) {
    fs::create_directories(folder);
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> stamp{};
    (void)std::strftime(stamp.data(), stamp.size(), "%Y-%m-%dT%H%M%SZ", &parts);
    const fs::path snapshot = fs::path(folder) / (std::string("ai-memory-") + stamp.data() + ".db");
    if (fs::exists(snapshot)) {
        std::cerr << "there is a snapshot of this second already: " << snapshot << '\n';
        return 1;
    }
    store.snapshotTo(snapshot.string());
    const Json manifest{{"snapshot", snapshot.filename().string()},
                        {"sha256", sha256Of(snapshot)},
                        {"bytes", fs::file_size(snapshot)},
                        {"source_db", database},
                        {"version", version()},
                        {"created_at", utcNow()}};
    std::ofstream file(fs::path(snapshot).replace_extension(".manifest.json"));
    file << manifest.dump(2) << '\n';
    if (!file.flush()) {
        std::cerr << "the manifest cannot be written to " << folder << '\n';
        return 1;
    }
    prune(folder, keep);
    std::cout << "Snapshot: " << snapshot.string() << '\n';
    return 0;
}

} // namespace refnode
