// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include "app/archive/archivethread.h"
#include "app/cloud/rental/rentals.h"
#include "app/core/backgroundthread.h"
#include "app/session/archivewatch.h"
#include "app/session/campaignchanges.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignfeed.h"
#include "app/session/campaignlauncher.h"
#include "app/session/campaignqueries.h"
#include "app/session/comparisonrunner.h"
#include "app/session/exportrunner.h"
#include "app/session/importrunner.h"
#include "app/session/insights.h"
#include "app/session/inventory.h"
#include "app/session/launchinputs.h"
#include "app/session/publishrunner.h"
#include "app/session/seriesqueries.h"
#include "app/ssh/keyring.h"

namespace slipway {

namespace {

SshOptions sshOptions(const Paths &paths, const std::shared_ptr<KeyRing> &keys,
                      const std::shared_ptr<LoginPrompt> &prompt) {
    SshOptions ssh;
    ssh.pinFile = paths.pinFile();
    ssh.keys = keys;
    ssh.prompt = prompt;
    return ssh;
}

} // namespace

// In the order in which they are made; each is destroyed before what it stands on.
struct Session::Parts {
    Parts(const Paths &paths, std::unique_ptr<ArchiveThread> opened)
        : archive(std::move(opened)), queries(paths, *archive), series(paths, *archive),
          elsewhere(paths, *archive), changes(*archive), insights(*archive, background),
          comparisons(paths, *archive, background), imports(*archive), exports(*archive),
          publications(paths, *archive, background), inventory(paths, sshOptions(paths, keys, prompt)),
          rentals(paths, sshOptions(paths, keys, nullptr), builtInCloud(paths)),
          launchInputs(paths, background), feed(paths),
          campaigns(paths, sshOptions(paths, keys, prompt), {*archive, queries, rentals, feed}),
          launcher(queries, launchInputs, campaigns) {}

    std::unique_ptr<ArchiveThread> archive;
    BackgroundThread background{QStringLiteral("files")};
    std::shared_ptr<KeyRing> keys = std::make_shared<KeyRing>(); ///< unlocked for all that this process does
    std::shared_ptr<LoginPrompt> prompt = std::make_shared<LoginPrompt>();
    CampaignQueries queries;
    SeriesQueries series;
    ArchiveWatch elsewhere;
    CampaignChanges changes;
    Insights insights;
    ComparisonRunner comparisons;
    ImportRunner imports;
    ExportRunner exports;
    PublishRunner publications;
    Inventory inventory;
    Rentals rentals;
    LaunchInputs launchInputs;
    CampaignFeed feed;
    CampaignController campaigns;
    CampaignLauncher launcher;
};

Session::Session(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(const Paths &paths) {
    auto archive = ArchiveThread::open(paths);
    if (!archive)
        return archive.error();
    return std::unique_ptr<Session>(new Session(std::make_unique<Parts>(paths, std::move(*archive))));
}

Result<std::unique_ptr<Session>> Session::openToLook(const Paths &paths) {
    auto archive = ArchiveThread::open(paths, ArchiveUse::Look);
    if (!archive)
        return archive.error();
    return std::unique_ptr<Session>(new Session(std::make_unique<Parts>(paths, std::move(*archive))));
}

const CampaignQueries &Session::queries() const {
    return m_parts->queries;
}

SeriesQueries &Session::series() const {
    return m_parts->series;
}

ArchiveWatch &Session::elsewhere() const {
    return m_parts->elsewhere;
}

CampaignChanges &Session::changes() const {
    return m_parts->changes;
}

Insights &Session::insights() const {
    return m_parts->insights;
}

ComparisonRunner &Session::comparisons() const {
    return m_parts->comparisons;
}

ImportRunner &Session::imports() const {
    return m_parts->imports;
}

ExportRunner &Session::exports() const {
    return m_parts->exports;
}

PublishRunner &Session::publications() const {
    return m_parts->publications;
}

Inventory &Session::inventory() const {
    return m_parts->inventory;
}

Rentals &Session::rentals() const {
    return m_parts->rentals;
}

LaunchInputs &Session::launchInputs() const {
    return m_parts->launchInputs;
}

CampaignLauncher &Session::launcher() const {
    return m_parts->launcher;
}

CampaignController &Session::campaigns() const {
    return m_parts->campaigns;
}

CampaignFeed &Session::feed() const {
    return m_parts->feed;
}

const std::shared_ptr<LoginPrompt> &Session::prompt() const {
    return m_parts->prompt;
}

} // namespace slipway
