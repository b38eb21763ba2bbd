// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace slipway {

/// How a publication ended. But for the first two, nothing of it is on the branch, and publishing the same
/// again is all it takes.
enum class PublishState {
    Published,
    Nothing,     ///< the branch had all of it already
    Unreachable, ///< no network, no such repository, no answer
    NotAllowed,  ///< the repository takes no writes, or not from this person
    HookRefused, ///< a hook of this person's or of the repository said no
    Conflict,    ///< somebody else changed the same files meanwhile
    NoBranch,    ///< there is no such branch to publish to
    Raced,       ///< others were faster, too often in a row
    Stopped,     ///< by a person
    Failed,      ///< anything else; the text says what
    Interrupted, ///< its program died; found by the next one
};

enum class PublishStep { Fetch, Write, Commit, Push, Rebase };

[[nodiscard]] QString publishStateName(PublishState state); ///< "published", "hook-refused", …; stored
[[nodiscard]] QString publishStepName(PublishStep step);    ///< "fetch", "write", …; stored

/// What there is to say of a publication. A plain value.
struct PublishReport {
    PublishState state = PublishState::Interrupted;
    PublishStep step = PublishStep::Fetch; ///< where it ended
    QString repo;                          ///< without credentials
    QString subject;                       ///< of the commit
    QString text;                          ///< what happened and what to do, in a sentence or two
    QString said;                          ///< git's own words, without credentials
    QString commit;                        ///< the branch's, when it has all of it
    int attempts = 0;                      ///< pushes
    QDateTime at;                          ///< UTC

    [[nodiscard]] bool ok() const {
        return state == PublishState::Published || state == PublishState::Nothing;
    }
    /// The sentence with git's words below it.
    [[nodiscard]] QString fullText() const;
};

[[nodiscard]] QJsonObject publishReportToJson(const PublishReport &report);

/// Keeps the last report of a repository in its folder. It is written before each step as Interrupted, so
/// that a killed program leaves behind where it was.
Result<void> savePublishReport(const QString &folder, const PublishReport &report);
/// None when nothing was published from here yet, or what is there cannot be read.
[[nodiscard]] std::optional<PublishReport> loadPublishReport(const QString &folder);

} // namespace slipway
