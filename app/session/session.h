// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"

#include <memory>

namespace slipway {

class ArchiveWatch;
class BackgroundThread;
class CampaignChanges;
class CampaignController;
class CampaignFeed;
class CampaignLauncher;
class CampaignQueries;
class ComparisonRunner;
class ExportRunner;
class ImportRunner;
class Insights;
class Inventory;
class LaunchInputs;
class LoginPrompt;
class PublishRunner;
class Rentals;
class SeriesQueries;

/// Opens the archive, makes what works on it and on hosts, and owns that: the one place where both faces get
/// their parts from. It has no job of its own. Lives on the GUI (or main) thread; all slow work is elsewhere.
class Session final {
public:
    static Result<std::unique_ptr<Session>> open(const Paths &paths);
    /// For those who only look: as Archive::openToRead().
    static Result<std::unique_ptr<Session>> openToLook(const Paths &paths);
    ~Session(); ///< stops following, joins every thread; remote jobs go on
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;
    Session(Session &&) = delete;
    Session &operator=(Session &&) = delete;

    [[nodiscard]] const CampaignQueries &queries() const;
    [[nodiscard]] SeriesQueries &series() const;
    [[nodiscard]] ArchiveWatch &elsewhere() const; ///< what other processes write
    [[nodiscard]] CampaignChanges &changes() const;
    [[nodiscard]] Insights &insights() const;
    [[nodiscard]] ComparisonRunner &comparisons() const;
    [[nodiscard]] ImportRunner &imports() const;
    [[nodiscard]] ExportRunner &exports() const;
    [[nodiscard]] PublishRunner &publications() const;
    [[nodiscard]] Inventory &inventory() const;
    [[nodiscard]] Rentals &rentals() const;
    [[nodiscard]] LaunchInputs &launchInputs() const;
    [[nodiscard]] CampaignLauncher &launcher() const;
    [[nodiscard]] CampaignController &campaigns() const;
    [[nodiscard]] CampaignFeed &feed() const;
    /// What hosts ask a person; refused until somebody makes a LoginHandler for it.
    [[nodiscard]] const std::shared_ptr<LoginPrompt> &prompt() const;

private:
    struct Parts;
    explicit Session(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

} // namespace slipway
