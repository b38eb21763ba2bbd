// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/shellprogram.h"
#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/goodevidence.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace slipway;
using test::Answer;

namespace {

const test::GoodPlan kDefault{50, 100, 80}; // what the protocol asks for when a folder does not say

} // namespace

// What import takes, as people have it, and what it does not take for a campaign.
class ImportingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_ctl = std::make_unique<test::ShellProgram>(); }

    void anEmptyFolderIsNotACampaign() {
        QDir(m_ctl->dir()).mkpath(QStringLiteral("empty"));
        m_ctl->write(QStringLiteral("photos/beach/1.jpg"), "x");
        m_ctl->write(QStringLiteral("settings/package.json"), "{}");
        m_ctl->write(QStringLiteral("note.txt"), "x");
        for (const char *place :
             {"empty", "photos", "settings", "note.txt", ".", "photos/beach", "nowhere"}) {
            const Answer answer = m_ctl->run((QByteArray("import ") + place).constData());
            QVERIFY2(answer.code == 4, place);
            QVERIFY2(answer.err.contains(QByteArray(place) == "." ? "campaign" : place),
                     answer.err.constData());
        }
        QCOMPARE(list(), QStringList());
    }

    void whatLiesNextToCampaignsIsNamed() {
        m_ctl->publish(QStringLiteral("in/r1"), test::goodEvidence(kDefault));
        m_ctl->write(QStringLiteral("in/photos/1.jpg"), "x");
        const Answer answer = m_ctl->run("import in");
        QCOMPARE(answer.code, 0);
        QVERIFY2(answer.out.contains("photos"), answer.out.constData());
        QCOMPARE(list(), QStringList{QStringLiteral("r1")});
        // In runs/ it is a campaign that lost its files.
        m_ctl->publish(QStringLiteral("repo/runs/r2"), test::goodEvidence(kDefault));
        QDir(m_ctl->dir()).mkpath(QStringLiteral("repo/runs/r3"));
        QCOMPARE(m_ctl->run("import repo").code, 0);
        QCOMPARE(list(), (QStringList{QStringLiteral("r1"), QStringLiteral("r2"), QStringLiteral("r3")}));
    }

    void aNameThatCannotBeAnIdIsReportedAsThat() {
        for (const auto &name : {QStringLiteral("in/nightly run"), QStringLiteral("of one/day")})
            m_ctl->publish(name, test::goodEvidence(kDefault));
        for (const QString &place : {QStringLiteral("in"), QStringLiteral("in/nightly run")}) {
            const Answer answer = m_ctl->run({QStringLiteral("import"), place});
            QCOMPARE(answer.code, 0);
            QVERIFY2(answer.out.contains("\"nightly run\" is kept as nightly_run-"), answer.out.constData());
            QVERIFY2(!answer.out.contains("could not be read"), answer.out.constData());
        }
        QCOMPARE(list().size(), 1);
        const QJsonDocument json = m_ctl->json("import in --json");
        QCOMPARE(json[QLatin1String("renamed")].toArray().size(), 1);
        QCOMPARE(json[QLatin1String("anomalies")].toArray().size(), 0);
    }

    // A folder does not say how its campaign ended; its claim is not that.
    void theStateOfAnImportedCampaignIsThatItEnded() {
        publishRepo();
        QDir(m_ctl->dir()).mkpath(QStringLiteral("repo/runs/empty"));
        QList<EvidenceFile> broken = test::goodEvidence(kDefault);
        for (EvidenceFile &file : broken) {
            if (file.name == QLatin1String("phase2.json"))
                file.bytes = "{";
        }
        m_ctl->publish(QStringLiteral("repo/runs/broken"), broken);
        QCOMPARE(m_ctl->run("import repo").code, 0);
        const QJsonArray campaigns = m_ctl->json("list --json").array();
        QCOMPARE(campaigns.size(), 3);
        for (const QJsonValue campaign : campaigns)
            QCOMPARE(campaign[QLatin1String("state")].toString(), QStringLiteral("ended"));
        QCOMPARE(m_ctl->json("show broken --json")[QLatin1String("state")].toString(),
                 QStringLiteral("ended"));
    }

    // The plan is recorded before the start: with another one it is another campaign.
    void anotherPlanIsAnotherCampaign() {
        const QList<EvidenceFile> good = test::publishedCampaign();
        m_ctl->publish(QStringLiteral("repo/runs/") + test::kGoodId, good);
        QCOMPARE(m_ctl->run("import repo").code, 0);
        const QByteArray before = m_ctl->run("show good-r1 --json").out;
        const Answer same = m_ctl->run("import repo");
        QVERIFY2(same.out.contains("1 unchanged") && !same.out.contains("another plan"),
                 same.out.constData());
        test::GoodCampaignPlan other;
        other.cycles = 46;
        m_ctl->publish(QStringLiteral("repo/runs/") + test::kGoodId, test::publishedCampaign(other));
        const Answer answer = m_ctl->run("import repo");
        QCOMPARE(answer.code, 0);
        QVERIFY2(answer.out.contains("Left out: good-r1: it came with another plan.json"),
                 answer.out.constData());
        QVERIFY2(!answer.out.contains("PROVEN"), answer.out.constData());
        QCOMPARE(m_ctl->run("show good-r1 --json").out, before);
    }

    void hiddenFoldersAreNamed() {
        publishRepo();
        for (const char *name : {".hidden", "..x", ".git"})
            m_ctl->publish(QStringLiteral("repo/runs/") + QLatin1String(name), test::goodEvidence(kDefault));
        const Answer answer = m_ctl->run("import repo");
        QCOMPARE(answer.code, 0);
        for (const char *said :
             {"Left out: .hidden: its name begins with a dot", "Left out: ..x: its name begins with a dot"})
            QVERIFY2(answer.out.contains(said), answer.out.constData());
        QVERIFY(!answer.out.contains(".git"));
        QCOMPARE(list(), QStringList{QStringLiteral("r1")});
    }

    // What an archive lost of a campaign is reported wherever it goes.
    void whatARecoveryLostGoesAlong() {
        QList<EvidenceFile> files = test::goodEvidence(kDefault);
        files.append({QStringLiteral("phase2-retry.json"), "{\"pass\":false}"});
        m_ctl->publish(QStringLiteral("repo/runs/r1"), files);
        QCOMPARE(m_ctl->run("import repo").code, 0);
        const Answer damaged =
            m_ctl->shell(QStringLiteral("sqlite3 data/archive.sqlite \"DROP TRIGGER file_stays; UPDATE "
                                        "evidence_file SET bytes=x'00' WHERE "
                                        "name='phase2-retry.json'\""));
        QVERIFY2(damaged.code == 0, damaged.err.constData());
        const Answer recovered = m_ctl->run("archive recover");
        QCOMPARE(recovered.code, 1);
        QVERIFY2(recovered.out.contains("lost: phase2-retry.json of r1"), recovered.out.constData());
        QVERIFY(m_ctl->run("show r1").out.contains("INVALID EVIDENCE"));
        QVERIFY(m_ctl->run("show r1").out.contains("the archive was damaged, and phase2-retry.json"));
        QCOMPARE(m_ctl->run("rejudge r1").code, 0);
        QVERIFY(m_ctl->run("list").out.contains("INVALID EVIDENCE"));
        QCOMPARE(m_ctl->run("verify r1").code, 4);
        QCOMPARE(m_ctl->shell(QStringLiteral("mkdir site")).code, 0);
        QCOMPARE(m_ctl->run("export r1 --to site").code, 0);
        const Answer published = m_ctl->run("verify site/runs/r1");
        QCOMPARE(published.code, 4);
        QVERIFY2(published.out.contains("the archive was damaged, and phase2-retry.json"),
                 published.out.constData());
        QVERIFY(m_ctl->run("archive check").out.contains("is sound"));
    }

    // Whoever says a verdict says what it is of.
    void theClaimStandsNextToTheVerdict() {
        publishRepo();
        m_ctl->publish(QStringLiteral("repo/runs/") + test::kGoodId, test::publishedCampaign());
        QCOMPARE(m_ctl->run("import repo").code, 0);
        const QByteArray claim = "Claim: The reports claim it; no observations support them.";
        for (const char *words : {"show r1", "verify r1", "verify repo/runs/r1", "diff r1 repo/runs/r1"}) {
            const Answer answer = m_ctl->run(words);
            QVERIFY2(answer.out.contains("UNPROVEN PASS"), words);
            QVERIFY2(answer.out.contains(claim), answer.out.constData());
        }
        QVERIFY(m_ctl->run("show good-r1").out.contains("Claim: The claim of protocol "));
        for (const char *words : {"show r1 --json", "verify r1 --json", "verify repo/runs/r1 --json"})
            QVERIFY2(claim.endsWith(m_ctl->json(words)[QLatin1String("claim")].toString().toUtf8()), words);
        QCOMPARE(m_ctl->shell(QStringLiteral("mkdir site")).code, 0);
        QCOMPARE(m_ctl->run("export r1 --to site").code, 0);
        for (const char *page : {"site/runs/r1/index.html", "site/runs/index.html"})
            QVERIFY2(m_ctl->read(QString::fromLatin1(page)).contains(claim), page);
        const auto index = QJsonDocument::fromJson(m_ctl->read(QStringLiteral("site/runs/index.json")));
        QVERIFY(claim.endsWith(
            index[QLatin1String("runs")].toArray().at(0)[QLatin1String("claim")].toString().toUtf8()));
    }

    void packedFoldersAreTaken_data() {
        QTest::addColumn<QString>("pack");
        QTest::newRow("tgz of a campaign") << QStringLiteral("tar czf p.tgz -C repo/runs r1; echo p.tgz");
        QTest::newRow("tar.gz of a repo") << QStringLiteral("tar czf p.tar.gz repo; echo p.tar.gz");
        QTest::newRow("tar of what is in runs") << QStringLiteral("tar cf p.tar -C repo runs; echo p.tar");
        QTest::newRow("files without a folder")
            << QStringLiteral("tar cJf r1.tar.xz -C repo/runs/r1 .; echo r1.tar.xz");
        QTest::newRow("zip") << QStringLiteral(
            "cd repo/runs && python3 -m zipfile -c ../../p.zip r1 && echo p.zip");
    }

    void packedFoldersAreTaken() {
        QFETCH(QString, pack);
        publishRepo();
        const Answer packed = m_ctl->shell(pack);
        QCOMPARE(packed.code, 0);
        const Answer answer = m_ctl->run({QStringLiteral("import"), QString::fromUtf8(packed.out.trimmed())});
        QVERIFY2(answer.code == 0, answer.err.constData());
        QCOMPARE(list(), QStringList{QStringLiteral("r1")});
        const Answer same = m_ctl->run("diff r1 ./repo/runs/r1");
        QCOMPARE(same.code, 0);
        QVERIFY2(m_ctl->run("import repo").out.contains("1 unchanged"), "byte for byte");
    }

    // What is packed may lead anywhere; none of it is followed or written outside.
    void aHostileArchiveWritesNothingElsewhere() {
        m_ctl->write(QStringLiteral("a/b/tmp/keep"), "");
        m_ctl->setEnvironment(QStringLiteral("TMPDIR"), m_ctl->path(QStringLiteral("a/b/tmp")));
        m_ctl->write(QStringLiteral("secret"), "secret");
        m_ctl->write(QStringLiteral("pack.py"),
                     "import io, sys, tarfile\n"
                     "tar = tarfile.open('p.tar', 'w')\n"
                     "def add(name, kind=tarfile.REGTYPE, link=''):\n"
                     "    entry = tarfile.TarInfo(name)\n"
                     "    entry.type, entry.linkname = kind, link\n"
                     "    entry.size = 2 if kind == tarfile.REGTYPE else 0\n"
                     "    tar.addfile(entry, io.BytesIO(b'{}'))\n"
                     "add('r1/phase2.json')\n"
                     "add('r1/link', tarfile.SYMTYPE, sys.argv[1] + '/secret')\n"
                     "add('r1/hard', tarfile.LNKTYPE, sys.argv[1] + '/secret')\n"
                     "add('r1/pipe', tarfile.FIFOTYPE)\n"
                     "add('r1/out', tarfile.SYMTYPE, sys.argv[1])\n"
                     "add('r1/out/evil')\n"
                     "for name in ('../evil', '../../evil', '../../../evil', 'r1/../../../evil', "
                     "sys.argv[1] + '/evil'):\n"
                     "    add(name)\n"
                     "tar.close()\n");
        const Answer packed = m_ctl->shell(QStringLiteral("python3 pack.py ") + m_ctl->dir());
        QVERIFY2(packed.code == 0, packed.err.constData());
        const Answer answer = m_ctl->run("import p.tar");
        QVERIFY2(answer.code == 0, answer.err.constData());
        for (const char *left : {"r1/link", "r1/hard", "r1/pipe", "r1/out:", "Left out: ../evil",
                                 "../../evil", "../../../evil", "r1/../../../evil"})
            QVERIFY2(answer.out.contains(left), left);
        QCOMPARE(m_ctl->shell(QStringLiteral("find . -name 'evil*'")).out, QByteArray());
        QCOMPARE(m_ctl->run("show r1 --file phase2.json").out, QByteArray("{}"));
        for (const char *name : {"link", "hard", "pipe"})
            QCOMPARE(m_ctl->run((QByteArray("show r1 --file ") + name).constData()).code, 4);
        QCOMPARE(m_ctl->shell(QStringLiteral("ls a/b/tmp")).out, QByteArray("keep\n")); // nothing is left
    }

    void whatIsDamagedIsRefused() {
        publishRepo();
        QCOMPARE(m_ctl
                     ->shell(QStringLiteral(
                         "tar czf p.tgz repo && tar cf p.tar repo && head -c $(($(stat -c %s p.tgz) / 2)) "
                         "p.tgz > cut.tgz && head -c $(($(stat -c %s p.tar) / 2)) p.tar > cut.tar && "
                         "head -c 100 /dev/urandom > noise.zip"))
                     .code,
                 0);
        for (const char *file : {"cut.tgz", "cut.tar", "noise.zip"}) {
            const Answer answer = m_ctl->run((QByteArray("import ") + file).constData());
            QVERIFY2(answer.code == 4, file);
            QVERIFY2(answer.err.contains(file), answer.err.constData());
        }
        QCOMPARE(list(), QStringList());
    }

    void repositoriesAreTaken_data() {
        QTest::addColumn<QString>("place");
        QTest::newRow("bare") << QStringLiteral("bare.git");
        QTest::newRow("address") << QStringLiteral("file://%1/bare.git");
    }

    void repositoriesAreTaken() {
        QFETCH(QString, place);
        publishRepo();
        // An attribute that changes bytes on their way out of git.
        m_ctl->write(QStringLiteral("repo/.gitattributes"), "*.json text eol=crlf\n");
        const Answer made = m_ctl->shell(QStringLiteral(
            "cd repo && git -c init.defaultBranch=main init -q && git -c core.safecrlf=false add -A && "
            "git -c user.name=x -c user.email=x@example.org commit -qm x && cd .. && "
            "git clone -q --bare repo bare.git"));
        QVERIFY2(made.code == 0, made.err.constData());
        QCOMPARE(m_ctl->run("import repo/runs").code, 0);
        const Answer answer =
            m_ctl->run({QStringLiteral("import"),
                        place.contains(QLatin1String("%1")) ? place.arg(m_ctl->dir()) : place});
        QVERIFY2(answer.code == 0, answer.err.constData());
        QVERIFY2(answer.out.contains("1 unchanged"), answer.out.constData()); // the same bytes
        QCOMPARE(list(), QStringList{QStringLiteral("r1")});
    }

    void anAddressThatLeadsNowhereIsReported() {
        const Answer answer = m_ctl->run("import file:///nowhere/r404.git");
        QCOMPARE(answer.code, 4);
        QVERIFY2(answer.err.contains("r404"), answer.err.constData());
        const Answer secret = m_ctl->run("import https://user:hunter2@127.0.0.1:1/x.git");
        QCOMPARE(secret.code, 4);
        QVERIFY2(!secret.err.contains("hunter2"), secret.err.constData());
    }

private:
    void publishRepo() const { m_ctl->publish(QStringLiteral("repo/runs/r1"), test::goodEvidence(kDefault)); }

    [[nodiscard]] QStringList list() const {
        QStringList ids;
        for (const QJsonValue value : m_ctl->json("list --json").array())
            ids << value[QLatin1String("id")].toString();
        ids.sort();
        return ids;
    }

    std::unique_ptr<test::ShellProgram> m_ctl;
};

QTEST_GUILESS_MAIN(ImportingTest)
#include "tst_importing.moc"
