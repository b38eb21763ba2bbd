// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/gitwords.h"

#include <algorithm>
#include <initializer_list>

namespace slipway {

namespace {

bool hasAny(const QString &text, std::initializer_list<const char *> words) {
    return std::any_of(words.begin(), words.end(), [&](const char *word) {
        return text.contains(QLatin1String(word), Qt::CaseInsensitive);
    });
}

bool isAboutRights(const QString &text) {
    return hasAny(text, {"permission denied", "authentication failed", "could not read username",
                         "could not read password", "access denied", "not allowed", "read-only", "readonly",
                         "insufficient permission", "error: 403", "error: 401", "permission to ",
                         "service not enabled", "unable to create temporary object directory",
                         "unpacker error", "unable to migrate objects"});
}

} // namespace

PublishState meaningOfFetch(const GitAnswer &answer) {
    if (hasAny(answer.said, {"couldn't find remote ref"}))
        return PublishState::NoBranch;
    return isAboutRights(answer.said) ? PublishState::NotAllowed : PublishState::Unreachable;
}

PublishState meaningOfPush(const GitAnswer &answer) {
    const QString all = QString::fromUtf8(answer.out) + QLatin1Char('\n') + answer.said;
    if (hasAny(all, {"hook declined"}))
        return PublishState::HookRefused;
    if (hasAny(all, {"[rejected]", "cannot lock ref", "failed to update ref", "incorrect old value",
                     "fetch first", "non-fast-forward", "failed to lock", "reference already exists"}))
        return PublishState::Raced;
    if (isAboutRights(all))
        return PublishState::NotAllowed;
    if (hasAny(all, {"remote rejected"}))
        return PublishState::NotAllowed;
    // A pre-push hook speaks before git has asked about any ref.
    const bool reached = hasAny(all, {"fatal:", "could not read from remote", "unable to access"});
    return reached ? PublishState::Unreachable : PublishState::HookRefused;
}

PublishState meaningOfCommit(const GitAnswer &answer) {
    // git itself dies with 128 (no name, no key to sign with); a hook's no is 1.
    return answer.exitCode == 1 ? PublishState::HookRefused : PublishState::Failed;
}

QString adviceFor(PublishState state, PublishStep step, const QString &branch, bool pushes) {
    const QString again = pushes ? QStringLiteral(" Nothing was published; push again to go on.") : QString();
    switch (state) {
    case PublishState::Published:
        return QStringLiteral("It is on %1.").arg(branch);
    case PublishState::Nothing:
        return QStringLiteral("%1 has all of it already; nothing was pushed.").arg(branch);
    case PublishState::Unreachable:
        return QStringLiteral("The repository could not be reached. Look at the network and the address.") +
               again;
    case PublishState::NotAllowed:
        return QStringLiteral(
                   "The repository does not let you write. Look at your credentials and your rights "
                   "there.") +
               again;
    case PublishState::HookRefused:
        return (step == PublishStep::Commit
                    ? QStringLiteral("A hook of yours refused the commit. Do what it asks for.")
                    : QStringLiteral("A hook refused the push. Do what it asks for.")) +
               again;
    case PublishState::Conflict:
        return QStringLiteral(
            "Somebody else changed the same files meanwhile. Nothing was published. Look at "
            "theirs; pushing again starts from what is published now, and replaces nothing of theirs without "
            "asking.");
    case PublishState::NoBranch:
        return QStringLiteral("The repository has no branch %1. Make it there, or name another.")
                   .arg(branch) +
               again;
    case PublishState::Raced:
        return QStringLiteral("Other writers were faster, five times in a row.") + again;
    case PublishState::Stopped:
        return QStringLiteral("Publishing was stopped.") + again;
    case PublishState::Failed:
        if (!pushes)
            return QStringLiteral("git could not show what a push would change.");
        return QStringLiteral("git could not do the step \"%1\".").arg(publishStepName(step)) + again;
    case PublishState::Interrupted:
        return QStringLiteral("The program ended in the step \"%1\". Push again to go on.")
            .arg(publishStepName(step));
    }
    return {};
}

} // namespace slipway
