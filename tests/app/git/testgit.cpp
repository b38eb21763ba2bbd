// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/git/testgit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

namespace slipway::test {

TestGit::TestGit(QString dir) : m_dir(std::move(dir)) {
    write(path(QStringLiteral("gitconfig")),
          "[user]\nname = Test\nemail = test@example.org\n[init]\ndefaultBranch = main\n[commit]\ngpgsign = "
          "false\n");
    qputenv("GIT_CONFIG_GLOBAL", QFile::encodeName(path(QStringLiteral("gitconfig"))));
    qputenv("GIT_CONFIG_NOSYSTEM", "1");
    git(m_dir, {QStringLiteral("init"), QStringLiteral("--quiet"), QStringLiteral("--bare"), bare()});
    const QString seed = clone(QStringLiteral("seed"));
    pushFile(seed, QStringLiteral("README.md"), "pages\n");
}

QString TestGit::clone(const QString &name) const {
    git(m_dir, {QStringLiteral("clone"), QStringLiteral("--quiet"), bare(), path(name)});
    return path(name);
}

void TestGit::pushFile(const QString &checkout, const QString &name, const QByteArray &bytes) const {
    git(checkout,
        {QStringLiteral("pull"), QStringLiteral("--quiet"), QStringLiteral("--rebase"),
         QStringLiteral("--allow-unrelated-histories"), QStringLiteral("origin"), QStringLiteral("main")});
    write(checkout + QLatin1Char('/') + name, bytes);
    git(checkout, {QStringLiteral("add"), QStringLiteral("--all")});
    git(checkout, {QStringLiteral("commit"), QStringLiteral("--quiet"), QStringLiteral("--message=") + name});
    git(checkout, {QStringLiteral("push"), QStringLiteral("--quiet"), QStringLiteral("origin"),
                   QStringLiteral("HEAD:refs/heads/main")});
}

bool TestGit::tryGit(const QString &folder, const QStringList &arguments, QByteArray *out) {
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("git"), arguments);
    if (!process.waitForFinished(60'000))
        return false;
    *out = process.readAllStandardOutput() + process.readAllStandardError();
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

QByteArray TestGit::git(const QString &folder, const QStringList &arguments) const {
    QByteArray out;
    if (!tryGit(folder, arguments, &out) && arguments.value(0) != QLatin1String("pull"))
        qFatal("git %s: %s", qPrintable(arguments.join(QLatin1Char(' '))), out.constData());
    return out;
}

void TestGit::writeHook(const QString &gitDir, const QString &name, const QByteArray &script) {
    const QString file = gitDir + QStringLiteral("/hooks/") + name;
    write(file, "#!/bin/sh\n" + script);
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void TestGit::write(const QString &path, const QByteArray &bytes) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

} // namespace slipway::test
