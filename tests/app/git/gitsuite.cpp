// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/git/gitsuite.h"

#include <QDir>
#include <QFile>
#include <QTest>

namespace slipway::test {

void GitSuite::init() {
    m_dir = std::make_unique<QTemporaryDir>();
    m_git = std::make_unique<TestGit>(m_dir->path());
}

Publication GitSuite::run(const QString &id, const QString &repo) {
    return {repo,
            QStringLiteral("main"),
            QStringLiteral("Publish ") + id,
            [id](const QString &tree) -> Result<JudgedFiles> {
                TestGit::write(tree + QStringLiteral("/runs/%1/a.json").arg(id), "{}");
                const QByteArray list = QDir(tree + QStringLiteral("/runs"))
                                            .entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)
                                            .join(QLatin1Char('\n'))
                                            .toUtf8() +
                                        '\n';
                TestGit::write(tree + QStringLiteral("/runs/index"), list);
                return JudgedFiles{{"runs/" + id.toUtf8() + "/a.json", blobIdOf("{}")},
                                   {"runs/index", blobIdOf(list)}};
            },
            {QStringLiteral("runs/index")}};
}

PublishReport GitSuite::publish(const QString &id, const QString &repo) const {
    return publisher().publish(run(id, repo.isEmpty() ? m_git->bare() : repo), {});
}

PublishReport GitSuite::publishTo(const QString &branch, const QString &repo) const {
    Publication publication = run(QStringLiteral("r1"), repo);
    publication.branch = branch;
    return publisher().publish(publication, {});
}

PublishReport GitSuite::publishLines() const {
    Publication publication = run(QStringLiteral("r1"), m_git->bare());
    publication.write = [](const QString &tree) -> Result<JudgedFiles> {
        const QByteArray bytes = "{\r\n}\r\n";
        TestGit::write(tree + QStringLiteral("/runs/r1/a.json"), bytes);
        return JudgedFiles{{"runs/r1/a.json", blobIdOf(bytes)}};
    };
    return publisher().publish(publication, {});
}

QByteArray GitSuite::published(const QString &name) const {
    QByteArray bytes;
    return TestGit::tryGit(m_git->bare(), {QStringLiteral("show"), QStringLiteral("main:") + name}, &bytes)
               ? bytes
               : QByteArray();
}

QByteArray GitSuite::tip() const {
    return m_git->git(m_git->bare(), {QStringLiteral("rev-parse"), QStringLiteral("main")}).trimmed();
}

void GitSuite::append(const QByteArray &settings, bool appends) {
    QFile file(m_git->path(QStringLiteral("gitconfig")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    if (m_settings.isEmpty())
        m_settings = file.readAll();
    file.seek(file.size());
    if (appends)
        file.write(settings);
}

void GitSuite::race(const QString &other, const QByteArray &script, bool once) {
    const QByteArray own = QFile::encodeName(m_git->path(QStringLiteral("hooks")));
    append("[core]\nhooksPath = " + own + "\n");
    TestGit::writeHook(
        m_dir->path(), QStringLiteral("pre-push"),
        "[ -z \"$RACING\" ] || exit 0\nexport RACING=1\nunset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE\n"
        "other='" +
            QFile::encodeName(other) + "'\n" + (once ? "rm \"$0\"\n" : "") +
            "cd \"$other\" && git pull --quiet --rebase origin main\n" + script +
            "git add --all && git commit --quiet --message=theirs\n"
            "git push --quiet origin HEAD:refs/heads/main\nexit 0\n");
}

void GitSuite::raceOnce(const QString &other, const QString &name, const QByteArray &bytes) {
    TestGit::write(m_git->path(QStringLiteral("bytes")), bytes);
    race(other,
         "mkdir -p \"$(dirname '" + name.toUtf8() + "')\"\ncp '" +
             QFile::encodeName(m_git->path(QStringLiteral("bytes"))) + "' '" + name.toUtf8() + "'\n",
         true);
}

} // namespace slipway::test
