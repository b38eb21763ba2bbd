// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/gitorigin.h"

#include "app/core/outputfile.h"
#include "app/git/gitwords.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kMaxNames = 10;

const QByteArray kFirstPage = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
                              "<title>Campaigns</title></head>\n<body><p><a href=\"runs/\">All "
                              "campaigns</a></p></body>\n</html>\n";

// The root of the checkout that `repo` is; empty when it is a bare repository or an address.
Result<void, PublishFailure> findCheckout(const QString &repo, const std::stop_token &stop,
                                          QString &checkout) {
    checkout.clear();
    if (!QFileInfo(repo).isDir())
        return {};
    const GitProgram there(repo, stop);
    const auto any = there.run({QStringLiteral("rev-parse"), QStringLiteral("--git-dir")});
    const auto top = there.run({QStringLiteral("rev-parse"), QStringLiteral("--show-toplevel")});
    if (!any || !top)
        return failureOf(any ? top.error() : any.error());
    if (!any->ok() && !any->said.contains(QLatin1String("not a git repository")))
        return PublishFailure{PublishState::Failed, any->said}; // settings it cannot read, another's folder
    if (!any->ok())
        return PublishFailure{
            PublishState::Failed, any->said,
            QStringLiteral(
                "%1 is a folder that git does not take for a repository. Nothing was published. Name "
                "a checkout, or write into the folder without a push.")
                .arg(repo)};
    if (!top->ok())
        return {}; // a bare one
    if (QFileInfo(top->outText()).canonicalFilePath() != QFileInfo(repo).canonicalFilePath())
        return PublishFailure{
            PublishState::Failed,
            {},
            QStringLiteral("%1 is a folder in the checkout %2. Nothing was published. Name the checkout.")
                .arg(repo, top->outText())};
    checkout = repo;
    return {};
}

// Where a checkout pushes to, which is fetched from too: what it is to be on top of lies there.
Result<void, PublishFailure> addressOf(const QString &checkout, const GitSettings &every, QString &address) {
    QStringList addresses = every.values(QStringLiteral("remote.origin.pushurl"));
    if (addresses.isEmpty())
        addresses = every.values(QStringLiteral("remote.origin.url"));
    if (addresses.isEmpty())
        return PublishFailure{PublishState::NoBranch,
                              {},
                              QStringLiteral("The checkout %1 has no remote \"origin\" to push to. "
                                             "git remote add origin ADDRESS gives it one.")
                                  .arg(checkout)};
    if (addresses.size() > 1)
        return PublishFailure{PublishState::NoBranch,
                              {},
                              QStringLiteral("The remote \"origin\" of %1 has %2 addresses to push to, and "
                                             "Slipway publishes to one. Nothing was published. Name the one "
                                             "that is meant (--to ADDRESS).")
                                  .arg(checkout)
                                  .arg(addresses.size())};
    address = addresses.constFirst();
    const QFileInfo local(QDir(checkout), address); // git means it from there
    if (local.isDir())
        address = local.canonicalFilePath();
    return {};
}

// git reads these of the person's own file alone when it serves a repository that lies on this machine.
Result<void, PublishFailure> keepSafeDirectories(const GitSettings &every, const QString &folder,
                                                 GitSettings &settings) {
    const QStringList safe = every.values(QStringLiteral("safe.directory"));
    if (safe.isEmpty())
        return {};
    const QString file = folder + QStringLiteral("/gitconfig");
    QByteArray lines = "[safe]\n";
    for (QString one : safe)
        lines += "\tdirectory = \"" +
                 one.replace(QLatin1Char('\\'), QStringLiteral("\\\\"))
                     .replace(QLatin1Char('"'), QStringLiteral("\\\""))
                     .replace(QLatin1Char('\n'), QStringLiteral("\\n"))
                     .toUtf8() +
                 "\"\n";
    if (const auto written = writeFile(file, lines); !written)
        return PublishFailure{PublishState::Failed, {}, written.error().text};
    settings.globalFile = file;
    return {};
}

} // namespace

Result<void> checkBranchName(const QString &branch, const GitProgram &git) {
    const auto legal = git.run({QStringLiteral("check-ref-format"), QStringLiteral("refs/heads/") + branch});
    if (!legal)
        return legal.error();
    if (!legal->ok())
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("\"%1\" is not a valid branch name.").arg(branch)};
    return {};
}

Result<void, PublishFailure> checkNames(const QString &repo, const QString &branch, const GitProgram &git) {
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
    const auto named = checkBranchName(branch, git);
    if (named)
        return {};
    if (named.error().code == ErrorCode::InvalidInput)
        return PublishFailure{PublishState::NoBranch, {}, named.error().text};
    return failureOf(named.error());
}

Result<void, PublishFailure> findOrigin(const QString &repo, const QString &folder,
                                        const std::stop_token &stop, GitOrigin &origin) {
    QString checkout;
    TRY(findCheckout(repo, stop, checkout));
    const bool isCheckout = !checkout.isEmpty();
    const GitProgram there(isCheckout ? checkout : folder, stop);
    // Outside of a repository: the data directory may lie in one, which is not meant.
    const QStringList nowhere =
        isCheckout ? QStringList() : QStringList{QStringLiteral("--git-dir=") + QProcess::nullDevice()};
    const auto list = there.run(
        nowhere + QStringList{QStringLiteral("config"), QStringLiteral("--list"), QStringLiteral("-z")});
    const auto hooks =
        isCheckout
            ? there.run({QStringLiteral("rev-parse"), QStringLiteral("--path-format=absolute"),
                         QStringLiteral("--git-path"), QStringLiteral("hooks")})
            : there.run(nowhere + QStringList{QStringLiteral("config"), QStringLiteral("--type=path"),
                                              QStringLiteral("--get"), QStringLiteral("core.hooksPath")});
    if (!list || !hooks)
        return failureOf(list ? hooks.error() : list.error());
    if (!list->ok()) // git names the file and the line that it cannot read
        return PublishFailure{PublishState::Failed, list->said};
    const auto all = parseGitSettings(list->out);
    if (!all)
        return failureOf(all.error());
    GitSettings every;
    every.kept = *all;
    origin.address = repo;
    if (isCheckout) {
        TRY(addressOf(checkout, every, origin.address));
    }
    if (hooks->ok() && !hooks->outText().isEmpty())
        origin.settings.hooks = QDir(there.folder()).absoluteFilePath(hooks->outText());
    for (const auto &setting : *all) {
        if (isSettingKept(setting.first))
            origin.settings.kept.append(setting);
    }
    // In the environment, since an address may hold a password that must lie in no file of ours.
    origin.settings.kept.append({QStringLiteral("remote.origin.url"), origin.address});
    return keepSafeDirectories(every, folder, origin.settings);
}

Result<void, PublishFailure> checkIdentity(const GitProgram &git) {
    for (const auto *name : {"GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"}) {
        const auto answer = git.run({QStringLiteral("var"), QString::fromLatin1(name)});
        if (!answer)
            return failureOf(answer.error());
        if (!answer->ok())
            return PublishFailure{
                PublishState::Failed, answer->said.section(QLatin1Char('\n'), -1),
                QStringLiteral(
                    "git does not know who you are, which every commit says. Nothing was published. "
                    "git config --global user.name \"Your Name\" and git config --global user.email "
                    "you@example.org set it; then push again.")};
    }
    return {};
}

Result<void, PublishFailure> firstCommit(const GitProgram &git, QString &commit) {
    QByteArray entries;
    for (const auto &[name, bytes] :
         {std::pair{".nojekyll", QByteArray()}, std::pair{"index.html", kFirstPage}}) {
        const auto blob =
            git.run({QStringLiteral("hash-object"), QStringLiteral("-w"), QStringLiteral("--stdin")}, bytes);
        if (!blob)
            return failureOf(blob.error());
        if (!blob->ok())
            return PublishFailure{PublishState::Failed, blob->said};
        entries += "100644 blob " + blob->outText().toUtf8() + '\t' + name + '\0';
    }
    const auto tree = git.run({QStringLiteral("mktree"), QStringLiteral("-z")}, entries);
    if (!tree)
        return failureOf(tree.error());
    const auto made = git.run(
        {QStringLiteral("commit-tree"), QStringLiteral("-m"), QStringLiteral("Begin"), tree->outText()});
    if (!made)
        return failureOf(made.error());
    if (!tree->ok() || !made->ok())
        return PublishFailure{PublishState::Failed, tree->ok() ? made->said : tree->said};
    commit = made->outText();
    return {};
}

Result<void, PublishFailure> beginBranch(const GitProgram &git, const QString &branch, const QString &ref) {
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
                .arg(branch, QStringList(names.first(std::min<qsizetype>(names.size(), kMaxNames)))
                                 .join(QStringLiteral(", ")))};
    QString first;
    TRY(firstCommit(git, first));
    const auto made = git.run({QStringLiteral("update-ref"), ref, first});
    if (!made)
        return failureOf(made.error());
    if (!made->ok())
        return PublishFailure{PublishState::Failed, made->said};
    return {};
}

} // namespace slipway
