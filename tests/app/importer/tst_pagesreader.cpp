// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/importer/directory.h"
#include "app/importer/pagesreader.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace slipway;

// Folders as they might lie in anybody's repo, the hostile ones too.
class PagesReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void showsWhatAPathHolds() {
        write(QStringLiteral("repo/runs/r1/phase2.json"), "{}");
        write(QStringLiteral("repo/runs/r2/phase2.json"), "{}");
        write(QStringLiteral("repo/analysis/run-insights.json"), "{}");
        write(QStringLiteral("repo/releases/v1/summary.json"), "{}");
        const auto repo = readTree(path(QStringLiteral("repo")));
        QVERIFY(repo.ok());
        QCOMPARE(repo->campaigns.size(), 2);
        QCOMPARE(repo->documents.size(), 2);
        QCOMPARE(readTree(path(QStringLiteral("repo/runs")))->campaigns.size(), 2);
        const auto one = readTree(path(QStringLiteral("repo/runs/r2")));
        QCOMPARE(one->campaigns.size(), 1);
        QCOMPARE(one->campaigns.constFirst().id, QStringLiteral("r2"));
        const auto absent = readTree(path(QStringLiteral("nothing")));
        QVERIFY(!absent.ok());
        QVERIFY(absent.error().text.contains(QStringLiteral("nothing")));
    }

    void bytesComeAsTheyAre() {
        const QByteArray bytes("\x00\xff\r\n{", 5);
        write(QStringLiteral("c/phase2.json"), bytes);
        write(QStringLiteral("c/logs/node-a.log"), "x");
        const auto files = readCampaignFolder(path(QStringLiteral("c")));
        QVERIFY(files.ok());
        QCOMPARE(files->size(), 2);
        QCOMPARE(files->at(0).name, QStringLiteral("logs/node-a.log"));
        QCOMPARE(files->at(1).bytes, bytes);
    }

    void linksLeadNowhere() {
        write(QStringLiteral("secret"), "secret");
        write(QStringLiteral("c/phase2.json"), "{}");
        QVERIFY(QFile::link(path(QStringLiteral("secret")), path(QStringLiteral("c/phase3.json"))));
        QVERIFY(QFile::link(m_dir->path(), path(QStringLiteral("c/up"))));
        const auto files = readCampaignFolder(path(QStringLiteral("c")));
        QCOMPARE(problemOf(*files, QStringLiteral("phase3.json")), kLink);
        QCOMPARE(problemOf(*files, QStringLiteral("up")), kLink);
        for (const EvidenceFile &file : *files)
            QVERIFY(!file.bytes.contains("secret"));

        write(QStringLiteral("runs/real/phase2.json"), "{}");
        QVERIFY(QFile::link(path(QStringLiteral("c")), path(QStringLiteral("runs/linked"))));
        const auto tree = readTree(path(QStringLiteral("runs")));
        QCOMPARE(tree->campaigns.size(), 2);
        QCOMPARE(problemOf(readFolder(tree->runsPath, tree->campaigns.constFirst()), QStringLiteral(".")),
                 kLink);
    }

    // A pipe without a writer would block whoever opens it.
    void pipesAreNotOpened() {
        write(QStringLiteral("c/phase2.json"), "{}");
        QCOMPARE(::mkfifo(QFile::encodeName(path(QStringLiteral("c/phase3.json"))).constData(), 0600), 0);
        const auto files = readCampaignFolder(path(QStringLiteral("c")));
        QCOMPARE(problemOf(*files, QStringLiteral("phase3.json")),
                 QStringLiteral("it is not a regular file"));
    }

    void aFileOfTwoGigabytesIsReportedAndNotRead() {
        write(QStringLiteral("c/phase2.json"), "{}");
        QFile large(path(QStringLiteral("c/phase4.json")));
        QVERIFY(large.open(QIODevice::WriteOnly));
        QVERIFY(large.resize(2LL * 1024 * 1024 * 1024));
        const auto files = readCampaignFolder(path(QStringLiteral("c")));
        QVERIFY(
            problemOf(*files, QStringLiteral("phase4.json")).contains(QStringLiteral("2147483648 bytes")));
    }

    void namesAreDataOnly() {
        write(QStringLiteral("runs/ok-1.0/phase2.json"), "{}");
        for (const QByteArray &name : {QByteArray("a b"), QByteArray("a\nb"), QByteArray("\xff\xfe"),
                                       QByteArray("-rf"), QByteArray("$(id)"), QByteArray(200, 'x')})
            QCOMPARE(::mkdir((QFile::encodeName(path(QStringLiteral("runs/"))) + name).constData(), 0700), 0);
        const auto tree = readTree(path(QStringLiteral("runs")));
        QVERIFY(tree.ok());
        QCOMPARE(tree->campaigns.size(), 7);
        QSet<QString> ids;
        static const QRegularExpression legal(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"));
        for (const PagesFolder &folder : tree->campaigns) {
            QVERIFY2(legal.match(folder.id).hasMatch(), qPrintable(folder.id));
            ids.insert(folder.id);
            const auto files = readFolder(tree->runsPath, folder);
            const bool isLegal = folder.name == "ok-1.0";
            QCOMPARE(folder.id == QLatin1String("ok-1.0"), isLegal);
            QCOMPARE(problemOf(files, QStringLiteral(".")), QStringLiteral("none"));
            QCOMPARE(renameText(folder).contains(folder.id), !isLegal);
        }
        QCOMPARE(ids.size(), 7);
        QCOMPARE(::rmdir((QFile::encodeName(path(QStringLiteral("runs/"))) + "\xff\xfe").constData()), 0);
        QCOMPARE(nameText("a\x1b[31m\xff"), QStringLiteral("a%1B[31m%FF"));
    }

    void foldersDeepInFoldersEndSomewhere() {
        QString deep = QStringLiteral("c");
        for (int i = 0; i < 40; ++i)
            deep += QStringLiteral("/d");
        write(deep + QStringLiteral("/phase2.json"), "{}");
        write(QStringLiteral("c/phase2.json"), "{}");
        const auto files = readCampaignFolder(path(QStringLiteral("c")));
        QCOMPARE(files->size(), 2);
        QVERIFY(files->at(0).problem.contains(QStringLiteral("deep")));
    }

private:
    const QString kLink = QStringLiteral("it is a symbolic link, which is not followed");

    [[nodiscard]] QString path(const QString &name) const { return m_dir->filePath(name); }

    void write(const QString &name, const QByteArray &bytes) const {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    static QString problemOf(const QList<EvidenceFile> &files, const QString &name) {
        for (const EvidenceFile &file : files) {
            if (file.name == name && !file.problem.isEmpty())
                return file.problem;
        }
        return QStringLiteral("none");
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(PagesReaderTest)
#include "tst_pagesreader.moc"
