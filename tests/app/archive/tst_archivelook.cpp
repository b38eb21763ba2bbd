// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"
#include "tests/app/archive/oldarchive.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace slipway;

namespace {

const QString kProgram = QStringLiteral(SLIPWAY_BIN_DIR "/slipwayctl");
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
        const auto store = CampaignStore::open(m_paths);
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().text));
        for (const QString &id : {kCampaign, QStringLiteral("c2")}) {
            CampaignRecord record;
            record.summary.id = id;
            record.summary.source = QStringLiteral("run");
            record.summary.state = RunState::Passed;
            QVERIFY((*store)->createCampaign(record).ok());
            QVERIFY((*store)
                        ->saveObservations(
                            id, test::streamOf(QStringLiteral("phase2-x-y.obs.jsonl"), "{\"obs\":\"end\"}\n"))
                        .ok());
            Judgement judgement;
            judgement.reason = QStringLiteral("the quorum of ") + id;
            QVERIFY((*store)->saveJudgement(id, judgement).ok());
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
        QTest::newRow("check") << QStringList{QStringLiteral("archive"), QStringLiteral("check")} << 0
                               << QByteArray("The archive is sound.");
    }

    // By another user, who may not write; nothing is made there, and nothing is changed.
    void aMediumThatCannotBeWrittenIsRead() {
        QFETCH(QStringList, words);
        QFETCH(int, code);
        QFETCH(QByteArray, said);
        const QMap<QString, QByteArray> before = contents();
        permit(QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
        QProcess program;
        QStringList command{kProgram, QStringLiteral("--data-dir"), m_paths.dataDir};
        command += words;
        if (geteuid() == 0)
            command = QStringList{QStringLiteral("setpriv"), QStringLiteral("--reuid=65534"),
                                  QStringLiteral("--regid=65534"), QStringLiteral("--clear-groups")} +
                      command;
        program.start(command.takeFirst(), command);
        QVERIFY(program.waitForFinished());
        permit(QFile::ReadOwner | QFile::WriteOwner);
        const QByteArray error = program.readAllStandardError();
        const QByteArray output = program.readAllStandardOutput();
        QVERIFY2(code < 0 || program.exitCode() == code, (output + error).constData());
        QVERIFY2(output.contains(said), (output + error).constData());
        QVERIFY2(!error.contains("cannot"), error.constData());
        QCOMPARE(contents(), before);
    }

    void whatWasRemovedIsOutOfListsAndSearchesUntilItIsBack() {
        QVERIFY(run({QStringLiteral("remove"), kCampaign}).contains("1 campaigns removed"));
        QVERIFY(!run({QStringLiteral("list")}).contains("c1"));
        QVERIFY(run({QStringLiteral("list")}).contains("c2"));
        QVERIFY(!run({QStringLiteral("search"), QStringLiteral("quorum")}).contains("c1"));
        QVERIFY(run({QStringLiteral("show"), kCampaign}).contains("c1"));
        QVERIFY(run({QStringLiteral("remove"), kCampaign}, 4).isEmpty()); // it is removed already
        // All or none.
        QVERIFY(run({QStringLiteral("remove"), QStringLiteral("c2"), QStringLiteral("none")}, 4).isEmpty());
        QVERIFY(run({QStringLiteral("list")}).contains("c2"));
        QVERIFY(run({QStringLiteral("remove"), QStringLiteral("--undo"), kCampaign}).contains("are back"));
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
