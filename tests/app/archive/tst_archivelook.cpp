// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/campaignstore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/observationstore.h"
#include "app/archive/triagestore.h"
#include "tests/app/archive/oldarchive.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace slipway;

namespace {

const QString kProgram = testPaths::program("slipwayctl");
const QString kCampaign = QStringLiteral("c1");

} // namespace

// Commands that only look, by the program that people use.
class ArchiveLookTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = Paths{m_dir->filePath(QStringLiteral("data"))};
        QVERIFY(QDir().mkpath(m_paths.dataDir));
        const auto archive = Archive::open(m_paths);
        QVERIFY2(archive.ok(), archive ? "" : qPrintable(archive.error().text));
        for (const QString &id : {kCampaign, QStringLiteral("c2")}) {
            CampaignRecord record;
            record.summary.id = id;
            record.summary.source = QStringLiteral("run");
            record.summary.state = RunState::Passed;
            QVERIFY(CampaignStore(**archive).create(record).ok());
            QVERIFY(
                ObservationStore(**archive)
                    .save(id, test::streamOf(QStringLiteral("phase2-x-y.obs.jsonl"), "{\"obs\":\"end\"}\n"))
                    .ok());
            Judgement judgement;
            judgement.reason = QStringLiteral("the quorum of ") + id;
            QVERIFY(JudgementStore(**archive).save(id, judgement).ok());
        }
    }

    void aMediumThatCannotBeWrittenIsRead_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("list") << QStringList{QStringLiteral("list")} << 0 << QByteArray("c2");
        QTest::newRow("show") << QStringList{QStringLiteral("show"), kCampaign} << -1 << QByteArray("c1");
        QTest::newRow("search") << QStringList{QStringLiteral("search"), QStringLiteral("quorum")} << 0
                                << QByteArray("the quorum of c1");
        QTest::newRow("verify") << QStringList{QStringLiteral("verify"), kCampaign} << 4
                                << QByteArray("NO EVIDENCE");
        QTest::newRow("diff") << QStringList{QStringLiteral("diff"), kCampaign, QStringLiteral("c2")} << -1
                              << QByteArray();
        const QString repo = QStringLiteral("/repo");
        QTest::newRow("insight") << QStringList{QStringLiteral("insight"), kCampaign} << 4 << QByteArray();
        QTest::newRow("lint") << QStringList{QStringLiteral("insight"), kCampaign, QStringLiteral("lint")}
                              << 1 << QByteArray("missing");
        QTest::newRow("export, dry") << QStringList{QStringLiteral("export"), kCampaign,
                                                    QStringLiteral("--to"), repo, QStringLiteral("--dry-run")}
                                     << 0 << QByteArray("1 of 1 campaign would change");
        QTest::newRow("export") << QStringList{QStringLiteral("export"), kCampaign, QStringLiteral("--to"),
                                               repo}
                                << 0 << QByteArray("1 of 1 campaign changed");
        QTest::newRow("check") << QStringList{QStringLiteral("archive"), QStringLiteral("check")} << 0
                               << QByteArray("The archive is sound.");
    }

    // By another user, who may not write; nothing is made there, and nothing is changed.
    void aMediumThatCannotBeWrittenIsRead() {
        QFETCH(QStringList, words);
        QFETCH(int, code);
        QFETCH(QByteArray, said);
        words.replaceInStrings(QRegularExpression(QStringLiteral("^/repo$")), repo());
        const QMap<QString, QByteArray> before = contents();
        permit(QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
        QProcess program;
        start(program, words);
        QVERIFY(program.waitForFinished());
        permit(QFile::ReadOwner | QFile::WriteOwner);
        const QByteArray error = program.readAllStandardError();
        const QByteArray output = program.readAllStandardOutput();
        QVERIFY2(code < 0 || program.exitCode() == code, (output + error).constData());
        QVERIFY2(output.contains(said), (output + error).constData());
        QVERIFY2(!error.contains("cannot"), error.constData());
        QCOMPARE(contents(), before);
    }

    // As a dashboard that was killed left it: the last commit is in the log, whose index is not there.
    void aLogThatCannotBeIndexedIsRead() {
        QMap<QString, QByteArray> left;
        {
            const auto archive = Archive::open(m_paths);
            QVERIFY(TriageStore(**archive).save(kCampaign, {FailureClass::Harness, {}, {}, {}}).ok());
            left = contents();
        }
        const QString log = m_paths.archiveFile() + QStringLiteral("-wal");
        QVERIFY(!left.value(log).isEmpty());
        for (const QString &name : {m_paths.archiveFile(), log}) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(left.value(name));
        }
        QFile::remove(m_paths.archiveFile() + QStringLiteral("-shm"));
        const QMap<QString, QByteArray> before = contents();
        permit(QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
        QProcess program;
        start(program, {QStringLiteral("triage"), kCampaign});
        QVERIFY(program.waitForFinished());
        permit(QFile::ReadOwner | QFile::WriteOwner);
        const QByteArray output = program.readAllStandardOutput();
        QVERIFY2(output.contains("harness"), (output + program.readAllStandardError()).constData());
        QCOMPARE(contents(), before);
    }

    void anothersLockIsNotWaitedFor_data() { aMediumThatCannotBeWrittenIsRead_data(); }

    // Another program is in the midst of a write, and says so in both ways.
    void anothersLockIsNotWaitedFor() {
        QFETCH(QStringList, words);
        QFETCH(int, code);
        QFETCH(QByteArray, said);
        words.replaceInStrings(QRegularExpression(QStringLiteral("^/repo$")), repo());
        QProcess other;
        other.start(QStringLiteral("flock"),
                    {m_paths.archiveLock(), QStringLiteral("sqlite3"), m_paths.archiveFile()});
        other.write("BEGIN IMMEDIATE; SELECT 'held';\n");
        QVERIFY(other.waitForReadyRead());
        QProcess program;
        program.start(kProgram, QStringList{QStringLiteral("--data-dir"), m_paths.dataDir} + words);
        const bool ended = program.waitForFinished();
        const QByteArray output = program.readAllStandardOutput() + program.readAllStandardError();
        if (!ended)
            program.kill();
        program.waitForFinished();
        other.closeWriteChannel();
        QVERIFY(other.waitForFinished());
        QVERIFY2(ended, output.constData());
        QVERIFY2(code < 0 || program.exitCode() == code, output.constData());
        QVERIFY2(output.contains(said), output.constData());
    }

    // A pipe would keep whoever opens it waiting for a writer.
    void whatIsNotARegularFileIsRefused_data() {
        QTest::addColumn<QString>("name");
        for (const char *name :
             {"archive.sqlite", "archive.sqlite-wal", "archive.sqlite-shm", "archive.lock", "archive.head"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void whatIsNotARegularFileIsRefused() {
        QFETCH(QString, name);
        const QString path = m_paths.dataDir + QLatin1Char('/') + name;
        QFile::remove(path);
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        for (const QStringList &words : {QStringList{QStringLiteral("list")},
                                         QStringList{QStringLiteral("archive"), QStringLiteral("check")},
                                         QStringList{QStringLiteral("archive"), QStringLiteral("recover")},
                                         QStringList{QStringLiteral("triage"), kCampaign,
                                                     QStringLiteral("--note"), QStringLiteral("x")}}) {
            if (name == QLatin1String("archive.head") && words.contains(QStringLiteral("recover")))
                continue; // this is what puts another in its place
            QProcess program;
            program.setProcessChannelMode(QProcess::MergedChannels);
            program.start(kProgram, QStringList{QStringLiteral("--data-dir"), m_paths.dataDir} + words);
            const bool ended = program.waitForFinished();
            if (!ended)
                program.kill();
            program.waitForFinished();
            const QByteArray said = program.readAll();
            QVERIFY2(ended, qPrintable(words.join(QLatin1Char(' '))));
            QVERIFY2(said.contains(name.toUtf8()), said.constData());
            QVERIFY2(program.exitCode() != 0, said.constData());
        }
    }

    void aTextThatCannotBeKeptIsPrinted() {
        const QString drafts = m_paths.dataDir + QStringLiteral("/drafts");
        // 100 KiB, where a file may have 64 at the most, as on a disk that is full then.
        const QByteArray text = QByteArray("what a person wrote ").repeated(5000) + "to its end";
        QProcess program;
        program.start(QStringLiteral("/bin/bash"),
                      {QStringLiteral("-c"), QStringLiteral("trap '' XFSZ; ulimit -f 64; exec \"$@\""),
                       QStringLiteral("bash"), kProgram, QStringLiteral("--data-dir"), m_paths.dataDir,
                       QStringLiteral("insight"), kCampaign, QStringLiteral("set"),
                       QStringLiteral("headline"), QStringLiteral("--from"), QStringLiteral("-")});
        program.write(text);
        program.closeWriteChannel();
        QVERIFY(program.waitForFinished());
        const QByteArray error = program.readAllStandardError();
        QCOMPARE(program.exitCode(), 4);
        QVERIFY2(error.contains("File too large"), error.constData());
        QCOMPARE(program.readAllStandardOutput(), text + '\n');
        QCOMPARE(QDir(drafts).entryList(QDir::Files), QStringList());
    }

    // Nor is one lost because the archive cannot be used.
    void aTextForAnArchiveThatCannotBeUsedIsPrinted() {
        QProcess program;
        program.start(kProgram, {QStringLiteral("--data-dir"), m_paths.dataDir, QStringLiteral("insight"),
                                 QStringLiteral("no-such"), QStringLiteral("set"), QStringLiteral("headline"),
                                 QStringLiteral("--from"), QStringLiteral("-")});
        program.write("what a person wrote");
        program.closeWriteChannel();
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 4);
        QCOMPARE(program.readAllStandardOutput(), QByteArray("what a person wrote\n"));
    }

    void whatWasRemovedIsOutOfListsAndSearchesUntilItIsBack() {
        QVERIFY(run({QStringLiteral("remove"), kCampaign}).contains("1 campaign removed"));
        QVERIFY(!run({QStringLiteral("list")}).contains("c1"));
        QVERIFY(run({QStringLiteral("list")}).contains("c2"));
        QVERIFY(!run({QStringLiteral("search"), QStringLiteral("quorum")}).contains("c1"));
        QVERIFY(run({QStringLiteral("show"), kCampaign}).contains("c1"));
        QVERIFY(run({QStringLiteral("remove"), kCampaign}, 4).isEmpty()); // it is removed already
        // All or none.
        QVERIFY(run({QStringLiteral("remove"), QStringLiteral("c2"), QStringLiteral("none")}, 4).isEmpty());
        QVERIFY(run({QStringLiteral("list")}).contains("c2"));
        QVERIFY(run({QStringLiteral("remove"), QStringLiteral("--undo"), kCampaign})
                    .contains("1 campaign is back"));
        QVERIFY(run({QStringLiteral("list")}).contains("c1"));
        QVERIFY(run({QStringLiteral("search"), QStringLiteral("quorum")}).contains("the quorum of c1"));
        QVERIFY(run({QStringLiteral("archive"), QStringLiteral("check")}).contains("is sound"));
    }

private:
    QByteArray run(const QStringList &words, int code = -1) const {
        QProcess program;
        program.start(kProgram, QStringList{QStringLiteral("--data-dir"), m_paths.dataDir} + words);
        if (!program.waitForFinished() || (code >= 0 && program.exitCode() != code))
            return "it ended with " + QByteArray::number(program.exitCode());
        return program.readAllStandardOutput();
    }

    // As somebody whom permissions hold back.
    void start(QProcess &program, const QStringList &words) const {
        QStringList command{kProgram, QStringLiteral("--data-dir"), m_paths.dataDir};
        command += words;
        if (geteuid() == 0)
            command = QStringList{QStringLiteral("setpriv"), QStringLiteral("--reuid=65534"),
                                  QStringLiteral("--regid=65534"), QStringLiteral("--clear-groups")} +
                      command;
        program.start(command.takeFirst(), command);
    }

    // Anybody may write here.
    [[nodiscard]] QString repo() const {
        const QString path = m_dir->filePath(QStringLiteral("repo"));
        QDir().mkpath(path);
        QFile::setPermissions(path, QFile::Permissions(0x7777));
        return path;
    }

    // Folders can be entered then, and files have these permissions.
    void permit(QFile::Permissions files) const {
        const QFile::Permissions enter = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup |
                                         QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
        QFile::setPermissions(m_dir->path(), enter | QFile::WriteOwner);
        QFile::setPermissions(m_paths.dataDir, files & QFile::WriteOwner ? enter | QFile::WriteOwner : enter);
        QDirIterator all(m_paths.dataDir, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext())
            QFile::setPermissions(all.next(), files);
    }

    [[nodiscard]] QMap<QString, QByteArray> contents() const {
        QMap<QString, QByteArray> files;
        QDirIterator all(m_paths.dataDir, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            files.insert(file.fileName(), file.open(QIODevice::ReadOnly) ? file.readAll() : "unreadable");
        }
        return files;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
};

QTEST_GUILESS_MAIN(ArchiveLookTest)
#include "tst_archivelook.moc"
