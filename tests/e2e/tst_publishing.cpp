// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/exporter/testgit.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using slipway::test::TestGit;

namespace {

QByteArray bytesOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there: ") + path.toUtf8();
}

// As it may be published: the samples hold one kind of secret, the password in a database's address.
QByteArray published(QByteArray bytes) {
    for (qsizetype at = bytes.indexOf("postgres://"); at >= 0; at = bytes.indexOf("postgres://", at + 1)) {
        const qsizetype from = bytes.indexOf(':', at + 11) + 1;
        const qsizetype to = bytes.indexOf('@', at);
        bytes.replace(from, to - from, QByteArray(to - from, '*'));
    }
    return bytes;
}

} // namespace

// From published folders into the archive and out again into a repository, by the programs that people use.
class PublishingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QDir(m_samples).exists(), "the published samples are not beside the source");
        QCOMPARE(run({QStringLiteral("import"), m_samples}), 0);
    }

    void everySampleIsPushedByteForByte() {
        QVERIFY2(publishAll() == 0, m_said.constData());
        const QString checkout = m_git.clone(QStringLiteral("reader"));
        const QDir runs(m_samples + QStringLiteral("/runs"));
        const QStringList ids = runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QVERIFY(ids.size() > 15);
        for (const QString &id : ids) {
            const QDir folder(runs.filePath(id));
            const QDir out(checkout + QStringLiteral("/runs/") + id);
            for (const QString &name : folder.entryList(QDir::Files))
                QCOMPARE(bytesOf(out.filePath(name)), published(bytesOf(folder.filePath(name))));
            for (const QString &name : {QStringLiteral("index.html"), QStringLiteral("checks.json"),
                                        QStringLiteral("evidence-manifest.json")})
                QVERIFY2(out.exists(name), qPrintable(out.filePath(name)));
        }
        QVERIFY(QFile::exists(checkout + QStringLiteral("/runs/index.json")));
    }

    void aSecondPushPushesNothing() {
        QCOMPARE(publishAll(), 0);
        const QByteArray before =
            m_git.git(m_git.bare(), {QStringLiteral("rev-parse"), QStringLiteral("main")});
        QCOMPARE(publishAll(), 0);
        QVERIFY2(m_said.contains("nothing was pushed"), m_said.constData());
        QCOMPARE(m_git.git(m_git.bare(), {QStringLiteral("rev-parse"), QStringLiteral("main")}), before);
    }

    void aRefusalIsToldAndTheSameCommandGoesOn() {
        TestGit fresh(m_dir.filePath(QStringLiteral("refusing")));
        TestGit::writeHook(fresh.bare(), QStringLiteral("pre-receive"),
                           "echo 'not on a Friday' >&2; exit 1\n");
        QCOMPARE(run({QStringLiteral("export"), QStringLiteral("--all"), QStringLiteral("--to"), fresh.bare(),
                      QStringLiteral("--push")}),
                 4);
        QVERIFY2(m_said.contains("not on a Friday"), m_said.constData());
        TestGit::writeHook(fresh.bare(), QStringLiteral("pre-receive"), "exit 0\n");
        QCOMPARE(run({QStringLiteral("export"), QStringLiteral("--all"), QStringLiteral("--to"), fresh.bare(),
                      QStringLiteral("--push")}),
                 0);
    }

    void aReleaseStandsOnWhatIsProven() {
        const QStringList release{QStringLiteral("release"),    QStringLiteral("v0.6.3"),
                                  QStringLiteral("--campaign"), QStringLiteral("ship-gate-v0.6.3-rc1-r2"),
                                  QStringLiteral("--to"),       m_samples + QStringLiteral("-none")};
        QCOMPARE(run(release), 2); // no such folder
        QTemporaryDir tree;
        QVERIFY(QDir(tree.path()).mkpath(QStringLiteral("releases")));
        QVERIFY(QFile::copy(m_samples + QStringLiteral("/releases/schema.json"),
                            tree.filePath(QStringLiteral("releases/schema.json"))));
        QStringList here = release;
        here.last() = tree.path();
        const QString summary = tree.filePath(QStringLiteral("releases/v0.6.3/summary.json"));
        QCOMPARE(run(here), 4);
        QVERIFY2(m_said.contains("UNPROVEN PASS"), m_said.constData());
        QVERIFY(!QFile::exists(summary));
        QCOMPARE(run(here + QStringList{QStringLiteral("--accept-unproven")}), 0);
        QVERIFY(bytesOf(summary).contains("UNPROVEN PASS"));
    }

private:
    int publishAll() {
        return run({QStringLiteral("export"), QStringLiteral("--all"), QStringLiteral("--to"), m_git.bare(),
                    QStringLiteral("--push")});
    }
    int run(const QStringList &arguments) {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(SLIPWAY_BIN_DIR "/slipwayctl"),
                      QStringList{QStringLiteral("--data-dir"), m_dir.filePath(QStringLiteral("data"))} +
                          arguments);
        process.waitForFinished(120'000);
        m_said = process.readAll();
        return process.exitCode();
    }

    QTemporaryDir m_dir;
    TestGit m_git{m_dir.path()};
    QString m_samples = QStringLiteral(SLIPWAY_SOURCE_DIR "/../shared/runs-sample");
    QByteArray m_said;
};

QTEST_GUILESS_MAIN(PublishingTest)
#include "tst_publishing.moc"
