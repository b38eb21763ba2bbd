// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/shellprogram.h"
#include "tests/models/evidence/goodevidence.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace slipway;
using test::Answer;

namespace {

const test::GoodPlan kDefault{50, 100, 80}; // what the protocol asks for when a folder does not say

// A release must say how long its campaign took.
QList<EvidenceFile> timedEvidence() {
    QList<EvidenceFile> files = test::goodEvidence(kDefault);
    test::changeJson(files, QStringLiteral("campaign-summary.json"), [](QJsonObject &summary) {
        summary[QStringLiteral("ai_memory_git_ref")] = QStringLiteral("v0.7.0");
        summary[QStringLiteral("completed_at")] = QStringLiteral("2026-04-22T12:51:13Z");
    });
    for (const auto &node : {QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("node-c")})
        test::changeJson(files, QStringLiteral("phase1-%1.json").arg(node), [](QJsonObject &report) {
            report[QStringLiteral("version")] = QStringLiteral("ai-memory 0.7.0");
        });
    test::changeJson(files, QStringLiteral("phase1-node-a.json"), [](QJsonObject &report) {
        QJsonObject curator = report[QStringLiteral("curator")].toObject();
        curator[QStringLiteral("started_at")] = QStringLiteral("2026-04-22T12:40:00Z");
        report[QStringLiteral("curator")] = curator;
    });
    return files;
}

} // namespace

// What a person gives to slipwayctl: arguments, texts, notes. None of it is lost, or taken for something
// else.
class WrittenWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_ctl = std::make_unique<test::ShellProgram>(); }

    void anEmptyArgumentIsWrongUsage_data() {
        QTest::addColumn<QStringList>("words");
        const auto add = [](const char *words) { // "''" stands for an empty one
            QStringList list = QString::fromUtf8(words).split(QLatin1Char(' '));
            list.replaceInStrings(QStringLiteral("''"), QString());
            QTest::newRow(words) << list;
        };
        for (const char *words : {"import ''",
                                  "verify ''",
                                  "show ''",
                                  "show r1 --file ''",
                                  "list ''",
                                  "rejudge ''",
                                  "diff '' r1",
                                  "diff r1 ''",
                                  "search ''",
                                  "resume ''",
                                  "archive ''",
                                  "archive backup ''",
                                  "archive restore ''",
                                  "sandbox ''",
                                  "sandbox up --server ''",
                                  "triage ''",
                                  "export '' --to x",
                                  "export r1 --to ''",
                                  "export r1 --to x --branch ''",
                                  "export r1 --to x --sign ''",
                                  "insight '' show",
                                  "insight r1 ''",
                                  "insight r1 set headline ''",
                                  "insight r1 set headline --from ''",
                                  "insight r1 edit ''",
                                  "release '' --campaign r1 --to x",
                                  "release v1.0.0 --campaign '' --to x",
                                  "release v1.0.0 --campaign r1 --to ''",
                                  "run --fleet '' --id r1",
                                  "run --fleet sandbox --id ''",
                                  "run --fleet sandbox --id r1 --scripts ''",
                                  "run --fleet sandbox --id r1 --protocol ''",
                                  "run --fleet sandbox --id r1 --phases ''",
                                  "run --fleet sandbox --id r1 --set ''",
                                  "run --fleet sandbox --id r1 --ref ''",
                                  "fleet ''",
                                  "fleet import ''",
                                  "fleet import x --name ''",
                                  "fleet import x --format ''",
                                  "fleet show ''",
                                  "fleet rename '' x",
                                  "fleet rename x ''",
                                  "fleet remove ''",
                                  "fleet check --fleet ''",
                                  "fleet forget-key '' --fleet x",
                                  "fleet create ''",
                                  "fleet destroy ''",
                                  "fleet prepare '' --server x",
                                  "fleet api ''",
                                  "verify x --allowed-signers ''"})
            add(words);
    }

    void anEmptyArgumentIsWrongUsage() {
        QFETCH(QStringList, words);
        const Answer answer = m_ctl->run(words);
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.err.contains("empty"), answer.err.constData());
        QVERIFY(!QDir(m_ctl->data()).exists());
    }

    void anEmptyDataDirectoryIsWrongUsage() {
        const Answer answer =
            m_ctl->shell(testPaths::program("slipwayctl") + QStringLiteral(" --data-dir '' list"));
        QCOMPARE(answer.code, 2);
        QVERIFY(!QDir(m_ctl->path(QStringLiteral("archive.sqlite"))).exists());
    }

    void whatCannotBeReadReplacesNothing() {
        import({QStringLiteral("r1")});
        QCOMPARE(m_ctl
                     ->run({QStringLiteral("insight"), QStringLiteral("r1"), QStringLiteral("set"),
                            QStringLiteral("headline"), QStringLiteral("an hour of work")})
                     .code,
                 0);
        m_ctl->write(QStringLiteral("empty.txt"), {});
        m_ctl->write(QStringLiteral("latin1.txt"), "gr\xfc\xdf");
        for (const char *input : {"- <&-", "- </", "/", "- <empty.txt", "empty.txt", "/nowhere/file",
                                  "latin1.txt", "- </proc/self/mem"}) {
            const Answer answer =
                m_ctl->shell(QStringLiteral("$CTL insight r1 set headline --from ") + QLatin1String(input));
            QVERIFY2(answer.code == 4, input);
            QVERIFY2(!answer.err.isEmpty(), input);
            QCOMPARE(headline(), QStringLiteral("an hour of work"));
        }
        QCOMPARE(m_ctl->shell(QStringLiteral("echo anew | $CTL insight r1 set headline --from -")).code, 0);
        QCOMPARE(headline(), QStringLiteral("anew"));
        QCOMPARE(m_ctl->run("insight r1 clear headline").code, 0);
        QCOMPARE(headline(), QString());
        QVERIFY(drafts().isEmpty()); // what was not stored lies in files of the person already
    }

    void bugsOfTheWrongShapeAreRefused_data() {
        QTest::addColumn<QString>("bugs");
        for (const char *bugs :
             {"[\"the primary drops writes\"]", "[{\"title\":\"t\",\"fixed_in\":\"https://x.org\"}]",
              "[{\"title\":\"t\",\"fixed_in\":[\"https://x.org/1\"]}]", "[{}]", "[{\"title\":5}]",
              "[{\"title\":\"t\",\"impact\":[\"a\"]}]", "[[]]", "[null]", "{}", "5",
              "[{\"title\":\"t\",\"fixed_in\":[{\"url\":7}]}]", "[{\"impact\":\"no title\"}]"})
            QTest::newRow(bugs) << QString::fromUtf8(bugs);
    }

    void bugsOfTheWrongShapeAreRefused() {
        QFETCH(QString, bugs);
        import({QStringLiteral("r1")});
        const auto set = [this](const QString &text) {
            return m_ctl->run({QStringLiteral("insight"), QStringLiteral("r1"), QStringLiteral("set"),
                               QStringLiteral("bugs"), text});
        };
        QCOMPARE(set(QStringLiteral("[{\"title\":\"a real one\"}]")).code, 0);
        const Answer answer = set(bugs);
        QCOMPARE(answer.code, 4);
        QVERIFY2(answer.err.contains("bugs"), answer.err.constData());
        const QJsonArray stored = entry()[QLatin1String("bugs")].toArray();
        QCOMPARE(stored.size(), 1);
        QCOMPARE(stored.first()[QLatin1String("title")].toString(), QStringLiteral("a real one"));
        QCOMPARE(drafts().size(), 1);
        QCOMPARE(m_ctl->read(QStringLiteral("data/drafts/") + drafts().constFirst()), bugs.toUtf8());
        QVERIFY2(answer.err.contains(drafts().constFirst().toUtf8()), answer.err.constData());
    }

    void whatAnEditorLeavesIsKept_data() {
        QTest::addColumn<QString>("editor");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QByteArray>("kept");
        QTest::newRow("does not parse") << QStringLiteral("echo '{\"headline\": \"an hour' >") << QString()
                                        << QByteArray("{\"headline\": \"an hour\n");
        QTest::newRow("a wrong shape")
            << QStringLiteral("echo '{\"headline\": 5}' >") << QString() << QByteArray("{\"headline\": 5}\n");
        QTest::newRow("bugs that are texts")
            << QStringLiteral("echo '[\"x\"]' >") << QStringLiteral("bugs") << QByteArray("[\"x\"]\n");
        QTest::newRow("an editor that fails") << QStringLiteral("sh -c 'echo an hour > \"$1\"; exit 1' x")
                                              << QStringLiteral("headline") << QByteArray("an hour\n");
        QTest::newRow("an editor that is killed")
            << QStringLiteral("sh -c 'echo an hour > \"$1\"; kill -9 $$' x") << QStringLiteral("headline")
            << QByteArray("an hour\n");
    }

    void whatAnEditorLeavesIsKept() {
        QFETCH(QString, editor);
        QFETCH(QString, field);
        QFETCH(QByteArray, kept);
        import({QStringLiteral("r1")});
        m_ctl->setEnvironment(QStringLiteral("EDITOR"), editor);
        const Answer answer =
            m_ctl->run(QStringList{QStringLiteral("insight"), QStringLiteral("r1"), QStringLiteral("edit")} +
                       (field.isEmpty() ? QStringList() : QStringList{field}));
        QCOMPARE(answer.code, 4);
        QCOMPARE(drafts().size(), 1);
        QVERIFY2(answer.err.contains(drafts().constFirst().toUtf8()), answer.err.constData());
        QCOMPARE(m_ctl->read(QStringLiteral("data/drafts/") + drafts().constFirst()), kept);
        QVERIFY(entry().isEmpty());
    }

    // Two people edit at the same time: the second's editor saves while the first's is open.
    void whatWasChangedMeanwhileIsKept() {
        import({QStringLiteral("r1")});
        m_ctl->setEnvironment(
            QStringLiteral("EDITOR"),
            QStringLiteral("sh -c '%1/slipwayctl --data-dir %2 insight r1 set headline theirs; echo "
                           "mine > \"$1\"' x")
                .arg(testPaths::programs(), m_ctl->data()));
        const Answer answer = m_ctl->run("insight r1 edit headline");
        QCOMPARE(answer.code, 4);
        QCOMPARE(headline(), QStringLiteral("theirs"));
        QCOMPARE(drafts().size(), 1);
        QCOMPARE(m_ctl->read(QStringLiteral("data/drafts/") + drafts().constFirst()), QByteArray("mine\n"));
        m_ctl->setEnvironment(QStringLiteral("EDITOR"), QStringLiteral("true"));
        QVERIFY(m_ctl->run("insight r1 edit headline").err.contains(drafts().constFirst().toUtf8()));
        QCOMPARE(drafts().size(), 1); // an editor that changes nothing leaves nothing
    }

    void anUndoIsOfTheChangeThatOneMade() {
        import({QStringLiteral("r1"), QStringLiteral("r2"), QStringLiteral("r3")});
        QCOMPARE(m_ctl->run("triage r1 --class harness --same-signature").code, 0);
        QCOMPARE(m_ctl->run("triage r2 --class product --owner Ada --note looked").code, 0);
        const Answer undone = m_ctl->run("triage r1 --undo --same-signature");
        QCOMPARE(undone.code, 0);
        QVERIFY2(undone.err.contains("r2") && !undone.err.contains("r3"), undone.err.constData());
        QVERIFY(triageOf("r1").isEmpty());
        QVERIFY(triageOf("r3").isEmpty());
        QCOMPARE(triageOf("r2")[QLatin1String("class")].toString(), QStringLiteral("product"));
        QCOMPARE(triageOf("r2")[QLatin1String("owner")].toString(), QStringLiteral("Ada"));
        QCOMPARE(m_ctl->run("triage r2 --undo").code, 0);
        QCOMPARE(triageOf("r2")[QLatin1String("class")].toString(), QStringLiteral("harness"));
        QCOMPARE(m_ctl->run("triage r1 --undo").code, 4);
        QCOMPARE(m_ctl->run("archive check").code, 0);
    }

    void aReleaseIsNotReplacedByAnotherCampaignUnasked() {
        for (const auto &id : {QStringLiteral("r1"), QStringLiteral("r2")})
            m_ctl->publish(QStringLiteral("runs/") + id, timedEvidence());
        QCOMPARE(m_ctl->run("import runs").code, 0);
        m_ctl->write(QStringLiteral("site/releases/schema.json"), "{\"type\":\"object\"}");
        for (const char *words : {"export r1 --to site", "export r2 --to site"})
            QCOMPARE(m_ctl->run(words).code, 0);
        const auto release = [this](const char *campaign, const char *option) {
            return m_ctl->run((QByteArray("release v0.7.0 --to site --accept-unproven --campaign ") +
                               campaign + ' ' + option)
                                  .constData());
        };
        QCOMPARE(release("r1", "").code, 0);
        const QString file = QStringLiteral("site/releases/v0.7.0/summary.json");
        QByteArray written = m_ctl->read(file);
        QVERIFY(written.contains("\"notes\": \""));
        written.replace("\"notes\": \"", "\"notes\": \"Withdrawn on Friday. ");
        m_ctl->write(file, written);
        for (const char *option : {"", "--dry-run"}) {
            const Answer refused = release("r2", option);
            QCOMPARE(refused.code, 4);
            QVERIFY2(refused.err.contains("r1") && refused.err.contains("--replace"),
                     refused.err.constData());
            QCOMPARE(m_ctl->read(file), written);
        }
        QCOMPARE(release("r1", "").code, 0); // its own campaign: the person's words stay
        QVERIFY(m_ctl->read(file).contains("Withdrawn on Friday."));
        QCOMPARE(release("r2", "--replace").code, 0);
        QVERIFY(m_ctl->read(file).contains("\"campaign_run_id\": \"r2\""));
    }

private:
    // Campaigns that failed the same way.
    void import(const QStringList &ids) {
        QList<EvidenceFile> blank = test::goodEvidence(kDefault);
        test::fileOf(blank, QStringLiteral("phase2.json")).bytes.clear();
        for (const QString &id : ids)
            m_ctl->publish(QStringLiteral("runs/") + id, blank);
        QCOMPARE(m_ctl->run("import runs").code, 0);
    }
    [[nodiscard]] QJsonObject entry() const {
        return m_ctl->json("insight r1 show --json")[QLatin1String("insight")].toObject();
    }
    [[nodiscard]] QString headline() const { return entry()[QLatin1String("headline")].toString(); }
    [[nodiscard]] QJsonObject triageOf(const char *id) const {
        return m_ctl->json((QByteArray("triage ") + id + " --json").constData())[QLatin1String("triage")]
            .toObject();
    }
    [[nodiscard]] QStringList drafts() const {
        return QDir(m_ctl->path(QStringLiteral("data/drafts"))).entryList(QDir::Files);
    }

    std::unique_ptr<test::ShellProgram> m_ctl;
};

QTEST_GUILESS_MAIN(WrittenWordsTest)
#include "tst_writtenwords.moc"
