// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/gitorigin.h"

#include "app/exporter/gitwords.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMostNames = 10;

} // namespace

PublishTry checkNames(const QString &repo, const QString &branch, const GitProgram &git) {
    static const QRegularExpression helper(QStringLiteral("\\A(?:[^/:]*::|([A-Za-z0-9+.-]*)://)"));
    static const QStringList known{QStringLiteral("https"), QStringLiteral("http"), QStringLiteral("ssh"),
                                   QStringLiteral("git"), QStringLiteral("file")};
    const auto match = helper.match(repo);
    if (match.hasMatch() && !known.contains(match.captured(1)) && !QFileInfo(repo).isDir())
        return PublishFailure{
            PublishState::Failed,
            {},
            QStringLiteral("\"%1\" makes git run a program of that name, which Slipway does for no address. "
                           "Nothing was published. Give an address with https:// or ssh://, "
                           "user@host:path, or a folder.")
                .arg(match.captured())};
    const auto legal = git.run({QStringLiteral("check-ref-format"), QStringLiteral("refs/heads/") + branch});
    if (!legal)
        return failureOf(legal.error());
    if (!legal->ok())
        return PublishFailure{
            PublishState::NoBranch, {}, QStringLiteral("\"%1\" is no name of a branch.").arg(branch)};
    return std::nullopt;
}

PublishTry firstCommit(const GitProgram &git, QString &commit) {
    for (const QStringList &step :
         {QStringList{QStringLiteral("hash-object"), QStringLiteral("-w"), QStringLiteral("-t"),
                      QStringLiteral("tree"), QStringLiteral("/dev/null")},
          QStringList{QStringLiteral("commit-tree"), QStringLiteral("-m"), QStringLiteral("Begin")}}) {
        const auto answer = git.run(commit.isEmpty() ? step : step + QStringList{commit});
        if (!answer)
            return failureOf(answer.error());
        if (!answer->ok())
            return PublishFailure{PublishState::Failed, answer->said};
        commit = answer->outText();
    }
    return std::nullopt;
}

PublishTry beginBranch(const GitProgram &git, const QString &branch, const QString &ref) {
    const auto heads =
        git.run({QStringLiteral("ls-remote"), QStringLiteral("--heads"), QStringLiteral("--"), kOrigin});
    if (!heads)
        return failureOf(heads.error());
    if (!heads->ok())
        return PublishFailure{meaningOfFetch(*heads), heads->said};
    QStringList names;
    for (const QByteArray &line : heads->out.trimmed().split('\n'))
        names << QString::fromUtf8(line.mid(line.indexOf("refs/heads/") + 11));
    if (!heads->out.isEmpty())
        return PublishFailure{
            PublishState::NoBranch,
            {},
            QStringLiteral("The repository has no branch %1. Nothing was published. It has: %2. Name one of "
                           "these (--branch), or make it there.")
                .arg(branch, QStringList(names.first(std::min<qsizetype>(names.size(), kMostNames)))
                                 .join(QStringLiteral(", ")))};
    QString first;
    if (auto failure = firstCommit(git, first))
        return failure;
    const auto made = git.run({QStringLiteral("update-ref"), ref, first});
    if (!made)
        return failureOf(made.error());
    if (!made->ok())
        return PublishFailure{PublishState::Failed, made->said};
    return std::nullopt;
}

} // namespace slipway
