// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/wholetree.h"

#include "app/git/gitprogram.h"

#include <QFile>
#include <QFileInfo>
#include <QSet>

namespace slipway {

namespace {

const QByteArray kRuns = "runs/";

Error partial(const QString &tree, const QByteArray &name) {
    return {ErrorCode::Unsupported,
            QStringLiteral(
                "%1 does not hold all of its branch: git leaves %2 out of it (sparse-checkout, "
                "skip-worktree), so that the list of runs would lose it. git -C %1 sparse-checkout disable "
                "brings it back; or publish with --push, which works in a tree of its own.")
                .arg(tree, QString::fromUtf8(name))};
}

} // namespace

Result<QStringList> runsMissingFrom(const QString &tree, const std::stop_token &stop) {
    if (!QFileInfo::exists(tree + QStringLiteral("/.git")))
        return QStringList();
    const GitProgram git(tree, stop, GitSettings());
    const auto head = git.run({QStringLiteral("ls-tree"), QStringLiteral("-d"), QStringLiteral("--name-only"),
                               QStringLiteral("-z"), QStringLiteral("HEAD"), QString::fromUtf8(kRuns)});
    if (!head)
        return head.error();
    if (!head->ok()) // no commit yet, or not one that git would read
        return QStringList();
    const auto staged = git.run({QStringLiteral("ls-files"), QStringLiteral("-v"), QStringLiteral("-z"),
                                 QStringLiteral("--"), QString::fromUtf8(kRuns)});
    if (!staged)
        return staged.error();
    QSet<QByteArray> known;
    for (const QByteArray &entry : staged->out.split('\0')) {
        const QByteArray name = entry.mid(2);
        if (entry.startsWith('S') || entry.startsWith('s'))
            return partial(tree, name);
        known.insert(name.left(name.indexOf('/', kRuns.size())));
    }
    QStringList missing;
    for (const QByteArray &run : head->out.split('\0')) {
        if (run.isEmpty() || QFileInfo::exists(tree + QLatin1Char('/') + QFile::decodeName(run)))
            continue;
        if (!known.contains(run) && known.size() <= 1) // nothing is staged: it was never checked out
            return partial(tree, run);
        missing << QString::fromUtf8(run);
    }
    return missing;
}

} // namespace slipway
