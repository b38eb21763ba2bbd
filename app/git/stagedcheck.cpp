// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/stagedcheck.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace slipway {

namespace {

const QByteArray kLink = "120000";
const QByteArray kSubmodule = "160000";

PublishFailure inTheWay(const QByteArray &name, const QString &what) {
    return {
        PublishState::Conflict,
        {},
        QStringLiteral("%1 is %2 in the repository. Nothing is written through it and it is not replaced; "
                       "nothing was published. Remove or rename it there, then push again.")
            .arg(QString::fromUtf8(name), what)};
}

PublishFailure otherBytes(const QByteArray &name) {
    return {
        PublishState::Failed,
        {},
        QStringLiteral("%1 would be published with other bytes than were judged: another program wrote into "
                       "the tree that is published from. Nothing was published; push again.")
            .arg(QString::fromUtf8(name))};
}

// A line of `git ls-tree -z`: "<mode> <type> <id>\t<path>".
QByteArray idIn(const QByteArray &line) {
    return line.left(line.indexOf('\t')).split(' ').value(2);
}

bool isBlob(const BlobId &blob, const QByteArray &id) {
    return id == (id.size() == blob.sha256.size() ? blob.sha256 : blob.sha1);
}

// Those that git runs for a commit, as githooks(5) names them.
QStringList hooksOfCommit(const QString &folder) {
    QStringList found;
    for (const auto *name : {"pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"}) {
        if (!folder.isEmpty() && QFileInfo(folder + QLatin1Char('/') + QLatin1String(name)).isExecutable())
            found << QString::fromLatin1(name);
    }
    return found;
}

} // namespace

Result<void, PublishFailure> checkSubmodules(const GitProgram &git) {
    const auto answer =
        git.run({QStringLiteral("ls-files"), QStringLiteral("--stage"), QStringLiteral("-z")});
    if (!answer)
        return failureOf(answer.error());
    for (const QByteArray &entry : answer->out.split('\0')) {
        if (!entry.startsWith(kSubmodule))
            continue;
        const QByteArray name = entry.mid(entry.indexOf('\t') + 1);
        QDir folder(git.folder() + QLatin1Char('/') + QFile::decodeName(name));
        if (folder.isEmpty())
            continue;
        folder.removeRecursively(); // git would not clean it either, and the next publication finds it
        return inTheWay(name, QStringLiteral("a submodule"));
    }
    return {};
}

Result<void, PublishFailure> checkStaged(const GitProgram &git, const QString &base,
                                         const JudgedFiles &judged) {
    const auto answer =
        git.run({QStringLiteral("diff"), QStringLiteral("--cached"), QStringLiteral("--raw"),
                 QStringLiteral("--no-abbrev"), QStringLiteral("--no-renames"), QStringLiteral("-z"), base});
    if (!answer)
        return failureOf(answer.error());
    const QList<QByteArray> parts = answer->out.split('\0');
    for (qsizetype i = 0; i + 1 < parts.size(); i += 2) {
        const QList<QByteArray> fields = parts.at(i).mid(1).split(' '); // modes, ids, status
        const QByteArray &name = parts.at(i + 1);
        if (fields.size() != 5)
            return PublishFailure{PublishState::Failed, QString::fromUtf8(parts.at(i))};
        if (fields.at(0) == kLink || fields.at(0) == kSubmodule)
            return inTheWay(name, fields.at(0) == kLink ? QStringLiteral("a symbolic link")
                                                        : QStringLiteral("a submodule"));
        if (fields.at(4) != "D" && !isBlob(judged.value(name), fields.at(3)))
            return otherBytes(name);
    }
    return {};
}

Result<void, PublishFailure> checkJudged(const GitProgram &git, const QString &tree,
                                         const JudgedFiles &judged) {
    const auto answer = git.run({QStringLiteral("ls-tree"), QStringLiteral("-r"), QStringLiteral("-z"),
                                 QStringLiteral("--full-tree"), tree});
    if (!answer)
        return failureOf(answer.error());
    if (!answer->ok())
        return PublishFailure{PublishState::Failed, answer->said};
    qsizetype found = 0;
    for (const QByteArray &line : answer->out.split('\0')) {
        const auto file = judged.constFind(line.mid(line.indexOf('\t') + 1));
        if (line.isEmpty() || file == judged.constEnd())
            continue;
        ++found;
        if (!isBlob(*file, idIn(line)))
            return otherBytes(file.key());
    }
    if (found == judged.size())
        return {};
    return PublishFailure{
        PublishState::Failed,
        {},
        QStringLiteral("%1 of the %2 files that were judged would not be published. Nothing "
                       "was published; push again.")
            .arg(judged.size() - found)
            .arg(judged.size())};
}

Result<void, PublishFailure> checkCommitted(const GitProgram &git, const QString &base, const QString &tree,
                                            const QString &hooks) {
    const auto ids =
        git.run({QStringLiteral("rev-parse"), base, QStringLiteral("HEAD^"), QStringLiteral("HEAD^{tree}")});
    const auto names =
        git.run({QStringLiteral("diff-tree"), QStringLiteral("-r"), QStringLiteral("--name-only"),
                 QStringLiteral("--no-renames"), QStringLiteral("-z"), tree, QStringLiteral("HEAD")});
    if (!ids || !names)
        return failureOf(ids ? names.error() : ids.error());
    if (!ids->ok() || !names->ok())
        return PublishFailure{PublishState::Failed, ids->ok() ? names->said : ids->said};
    const QStringList lines = ids->outText().split(QLatin1Char('\n'));
    const bool isOnBase = lines.value(0) == lines.value(1);
    if (isOnBase && lines.value(2) == tree)
        return {};
    const QStringList found = hooksOfCommit(hooks);
    const QString hook = found.size() == 1
                             ? QStringLiteral("The hook %1").arg(found.constFirst())
                             : QStringLiteral("One of the hooks %1").arg(found.join(QStringLiteral(", ")));
    constexpr qsizetype kMaxNames = 5;
    QStringList changed;
    for (const QByteArray &name : names->out.split('\0')) {
        if (!name.isEmpty() && changed.size() < kMaxNames)
            changed << QString::fromUtf8(name);
    }
    return PublishFailure{
        PublishState::Failed,
        {},
        QStringLiteral(
            "%1 in %2 %3, so that the commit is not what was judged. Nothing was published. Let the "
            "hook leave runs/, analysis/ and releases/ as they are, then push again.")
            .arg(hook, hooks,
                 changed.isEmpty() ? QStringLiteral("made commits of its own")
                                   : QStringLiteral("changed ") + changed.join(QStringLiteral(", ")))};
}

} // namespace slipway
