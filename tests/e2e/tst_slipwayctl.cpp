// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/goodevidence.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

struct Answer {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

} // namespace

// What a script sees of the program: exit codes, JSON, errors.
class SlipwayctlTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_runs = m_dir->filePath(QStringLiteral("runs"));
    }

    void everyCommandHelpsAndRefuses_data() {
        QTest::addColumn<QString>("command");
        for (const char *name :
             {"run", "list", "show", "import", "verify", "rejudge", "diff", "search", "resume", "archive",
              "sandbox", "triage", "export", "insight", "release", "remove", "repro"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void everyCommandHelpsAndRefuses() {
        QFETCH(const QString, command);
        const Answer help = run({command, QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.startsWith("slipwayctl"));
        const Answer wrong = run({command, QStringLiteral("--sideways")});
        QCOMPARE(wrong.code, 2);
        QVERIFY2(wrong.err.contains("--help"), wrong.err.constData());
        QVERIFY(wrong.out.isEmpty());
        QVERIFY(!QDir(data()).exists());
    }

    // As in cron and systemd units.
    void aMissingHomeIsNotReplaced_data() {
        QTest::addColumn<QString>("home");
        QTest::addColumn<QString>("xdg");
        QTest::newRow("unset") << QString() << QString();
        QTest::newRow("empty") << QStringLiteral("") << QString();
        QTest::newRow("root") << QStringLiteral("/") << QString();
        QTest::newRow("root, spelled otherwise") << QStringLiteral("//./") << QString();
        QTest::newRow("relative") << QStringLiteral("home") << QStringLiteral("data");
        QTest::newRow("empty XDG_DATA_HOME") << QString() << QStringLiteral("");
    }

    void aMissingHomeIsNotReplaced() {
        QFETCH(const QString, home);
        QFETCH(const QString, xdg);
        for (const QStringList &words :
             {QStringList{QStringLiteral("list")}, {QStringLiteral("sandbox"), QStringLiteral("status")}}) {
            QProcess process;
            auto environment = QProcessEnvironment::systemEnvironment();
            for (const auto &[name, value] :
                 {std::pair{QStringLiteral("HOME"), home}, std::pair{QStringLiteral("XDG_DATA_HOME"), xdg}}) {
                if (value.isNull())
                    environment.remove(name);
                else
                    environment.insert(name, value);
            }
            process.setProcessEnvironment(environment);
            process.setWorkingDirectory(m_dir->path());
            process.start(kProgram, words);
            QVERIFY(process.waitForFinished(kTimeout));
            const QByteArray said = process.readAllStandardError();
            QVERIFY(process.exitCode() != 0);
            QVERIFY2(said.contains("HOME"), said.constData());
            QVERIFY(!QFile::exists(QStringLiteral("/.local")) && !QFile::exists(QStringLiteral("/slipway")));
            QVERIFY(QDir(m_dir->path()).isEmpty());
        }
    }

    void anEmptyDataDirIsNotReplaced() {
        QProcess process;
        process.start(kProgram, {QStringLiteral("--data-dir"), QString(), QStringLiteral("list")});
        QVERIFY(process.waitForFinished(kTimeout));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("--data-dir"));
    }

    void anUnknownCommandIsNamed() {
        const Answer answer = run({QStringLiteral("lunch")});
        QCOMPARE(answer.code, 2);
        QVERIFY(answer.err.contains("lunch"));
    }

    void verifyAgreesWithTheList() {
        publish(QStringLiteral("good"), test::goodEvidence(kDefault));
        QList<EvidenceFile> lossy = test::goodEvidence(kDefault);
        test::changeJson(lossy, QStringLiteral("phase2.json"), [](QJsonObject &report) {
            report[QStringLiteral("pass")] = false;
            for (const QString &field : {QStringLiteral("counts"), QStringLiteral("acked_held")}) {
                QJsonObject held = report[field].toObject();
                held[QStringLiteral("b")] = 97; // a round count would be a ceiling
                report[field] = held;
            }
        });
        publish(QStringLiteral("lossy"), lossy);
        QList<EvidenceFile> blank = test::goodEvidence(kDefault);
        test::fileOf(blank, QStringLiteral("phase2.json")).bytes.clear();
        publish(QStringLiteral("blank"), blank);
        const auto summary = std::find_if(blank.begin(), blank.end(), [](const EvidenceFile &file) {
            return file.name == QStringLiteral("campaign-summary.json");
        });
        publish(QStringLiteral("bare"), {*summary});

        QCOMPARE(run({QStringLiteral("import"), m_runs}).code, 0);
        QSet<int> codes;
        for (const QJsonValue &value : list()) {
            const QString id = value[QLatin1String("id")].toString();
            const QString verdict = value[QLatin1String("verdict")].toString();
            const int expected = kExitCodes.value(verdict, -1);
            QVERIFY2(expected >= 0, qPrintable(verdict));
            QCOMPARE(value[QLatin1String("claimed")].toBool(), true);
            QVERIFY(!value[QLatin1String("reason")].toString().isEmpty());
            for (const QString &subject : {id, m_runs + QLatin1Char('/') + id}) {
                const Answer judged = run({QStringLiteral("verify"), subject, QStringLiteral("--json")});
                QCOMPARE(judged.code, expected);
                QCOMPARE(QJsonDocument::fromJson(judged.out)[QLatin1String("verdict")].toString(), verdict);
            }
            codes.insert(expected);
        }
        QCOMPARE(codes, (QSet<int>{1, 3, 4})); // without their observations none is proven
    }

    void aTriageIsForAllThatFailedTheSameWay() {
        QList<EvidenceFile> blank = test::goodEvidence(kDefault);
        test::fileOf(blank, QStringLiteral("phase2.json")).bytes.clear();
        for (const auto &id : {QStringLiteral("r1"), QStringLiteral("r2"), QStringLiteral("r3")})
            publish(id, blank);
        publish(QStringLiteral("r4"), test::goodEvidence(kDefault));
        QCOMPARE(run({QStringLiteral("import"), m_runs}).code, 0);
        const auto classOf = [this](const QString &id) {
            for (const QJsonValue &value : list()) {
                if (value[QLatin1String("id")].toString() == id)
                    return value[QLatin1String("triage")][QLatin1String("class")].toString();
            }
            return QStringLiteral("absent");
        };
        const auto triage = [this](const QStringList &arguments) {
            return run(QStringList{QStringLiteral("triage")} + arguments);
        };
        QCOMPARE(triage({QStringLiteral("r2"), QStringLiteral("--class"), QStringLiteral("harness"),
                         QStringLiteral("--same-signature")})
                     .code,
                 0);
        QCOMPARE(classOf(QStringLiteral("r1")), QStringLiteral("harness"));
        QCOMPARE(classOf(QStringLiteral("r3")), QStringLiteral("harness"));
        QCOMPARE(classOf(QStringLiteral("r4")), QString());
        QCOMPARE(triage({QStringLiteral("r2"), QStringLiteral("--owner"), QStringLiteral("Ada")}).code, 0);
        const Answer shown = triage({QStringLiteral("r2"), QStringLiteral("--json")});
        const QJsonDocument json = QJsonDocument::fromJson(shown.out);
        QCOMPARE(json[QLatin1String("triage")][QLatin1String("class")].toString(), QStringLiteral("harness"));
        QCOMPARE(json[QLatin1String("triage")][QLatin1String("owner")].toString(), QStringLiteral("Ada"));
        QCOMPARE(json[QLatin1String("same_signature")].toArray().size(), 2);
        QCOMPARE(triage({QStringLiteral("r2"), QStringLiteral("--undo")}).code, 0);
        QCOMPARE(
            triage({QStringLiteral("r2"), QStringLiteral("--undo"), QStringLiteral("--same-signature")}).code,
            0);
        QCOMPARE(classOf(QStringLiteral("r3")), QString());
        const Answer refused =
            triage({QStringLiteral("r2"), QStringLiteral("--link"), QStringLiteral("file:///x")});
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains("link"), refused.err.constData());
        QCOMPARE(triage({QStringLiteral("nobody")}).code, 4);
        QCOMPARE(run({QStringLiteral("archive"), QStringLiteral("check")}).code, 0);
    }

    void aSecondImportTakesOnlyWhatChanged() {
        publish(QStringLiteral("r1"), test::goodEvidence());
        publish(QStringLiteral("r2"), test::goodEvidence({20, 40, 32, 7}));
        QCOMPARE(run({QStringLiteral("import"), m_runs}).code, 0);
        const QByteArray before = run({QStringLiteral("list"), QStringLiteral("--json")}).out;
        QCOMPARE(run({QStringLiteral("import"), m_runs}).code, 0);
        QCOMPARE(run({QStringLiteral("list"), QStringLiteral("--json")}).out, before);

        const QByteArray changed("{\"pass\": true}\r\n");
        write(m_runs + QStringLiteral("/r2/phase3.json"), changed);
        const Answer again = run({QStringLiteral("import"), m_runs});
        QCOMPARE(again.code, 0);
        const Answer file = run({QStringLiteral("show"), QStringLiteral("r2"), QStringLiteral("--file"),
                                 QStringLiteral("phase3.json")});
        QCOMPARE(file.out, changed);
        QCOMPARE(run({QStringLiteral("diff"), QStringLiteral("r2"), m_runs + QStringLiteral("/r2")}).code, 0);
        QCOMPARE(run({QStringLiteral("diff"), QStringLiteral("r1"), QStringLiteral("r2")}).code, 1);
        QCOMPARE(run({QStringLiteral("archive"), QStringLiteral("check")}).code, 0);
    }

    void aPlanSaysWhatItCanProveAndRunsNothing() {
        const QStringList plan{QStringLiteral("run"), QStringLiteral("--plan"), QStringLiteral("--fleet"),
                               QStringLiteral("sandbox")};
        const auto with = [](const char *setting) {
            return QStringList{QStringLiteral("--set"), QString::fromLatin1(setting)};
        };
        const Answer standard = run(plan);
        QVERIFY2(standard.code == 3, standard.err.constData());
        QVERIFY2(standard.out.contains("50 cycles support 0.9339; 0.995 needs 684 cycles"),
                 standard.out.constData());
        QVERIFY2(standard.out.contains("About 4 min; with 684 cycles about 42 min."),
                 standard.out.constData());
        const Answer enough = run(plan + with("cycles=684") + QStringList{QStringLiteral("--json")});
        QVERIFY2(enough.code == 0, enough.err.constData());
        const QJsonDocument json = QJsonDocument::fromJson(enough.out);
        QVERIFY(json[QLatin1String("can_prove")].toBool());
        QCOMPARE(json[QLatin1String("cycles_needed")].toInt(), 684);
        const QJsonValue cycles = json[QLatin1String("parameters")][QLatin1String("cycles")];
        QCOMPARE(cycles[QLatin1String("value")].toString(), QStringLiteral("684"));
        QCOMPARE(cycles[QLatin1String("from")].toString(), QStringLiteral("--set"));
        const Answer alone = run(plan + with("cycles=684") + with("quorum=1"));
        QCOMPARE(alone.code, 3);
        QVERIFY2(alone.out.contains("cannot prove it, because with a quorum of 1"), alone.out.constData());
        QCOMPARE(run(plan + with("cycles=many")).code, 2);
        const Answer secret = run(plan + with("postgres_url=postgres://gate:hunter2secret@db/x"));
        QVERIFY2(secret.out.contains("postgres://gate:") && !secret.out.contains("hunter2secret"),
                 secret.out.constData());
        QCOMPARE(run({QStringLiteral("sandbox"), QStringLiteral("status")}).code, 1); // it was not brought up
        QVERIFY(!QFile::exists(data() + QStringLiteral("/archive.sqlite")));
    }

    void whatIsNotThereIsNamed() {
        publish(QStringLiteral("r1"), test::goodEvidence());
        QCOMPARE(run({QStringLiteral("import"), m_runs}).code, 0);
        for (const QStringList &words :
             {QStringList{QStringLiteral("show"), QStringLiteral("r404")},
              QStringList{QStringLiteral("verify"), QStringLiteral("r404")},
              QStringList{QStringLiteral("show"), QStringLiteral("r1"), QStringLiteral("--file"),
                          QStringLiteral("r404")},
              QStringList{QStringLiteral("diff"), QStringLiteral("r1"), QStringLiteral("r404")},
              QStringList{QStringLiteral("insight"), QStringLiteral("r404"), QStringLiteral("export"),
                          QStringLiteral("--to"), m_runs},
              QStringList{QStringLiteral("import"), QStringLiteral("/nowhere/r404")}}) {
            const Answer answer = run(words);
            QVERIFY2(answer.code == 4, qPrintable(words.join(QLatin1Char(' '))));
            QVERIFY2(answer.err.contains("r404"), answer.err.constData());
        }
    }

    void aTakenIdBringsUpNoSandbox() {
        publish(QStringLiteral("r1"), test::goodEvidence());
        QCOMPARE(run({QStringLiteral("import"), m_runs}).code, 0);
        const Answer answer = run({QStringLiteral("run"), QStringLiteral("--fleet"),
                                   QStringLiteral("sandbox"), QStringLiteral("--id"), QStringLiteral("r1")});
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.err.contains("r1 is in the archive already"), answer.err.constData());
        QCOMPARE(run({QStringLiteral("sandbox"), QStringLiteral("status")}).code, 1);
    }

    // A redirection into a full disk would leave half a list behind a code of 0.
    void outputThatCannotBeWrittenIsAnError() {
        publish(QStringLiteral("r1"), test::goodEvidence());
        QCOMPARE(run({QStringLiteral("import"), m_runs}).code, 0);
        for (const QStringList &words :
             {QStringList{QStringLiteral("list"), QStringLiteral("--json")},
              QStringList{QStringLiteral("show"), QStringLiteral("r1"), QStringLiteral("--file"),
                          QStringLiteral("phase2.json")}}) {
            QProcess process;
            process.setStandardOutputFile(QStringLiteral("/dev/full"));
            process.start(kProgram, QStringList{QStringLiteral("--data-dir"), data()} + words);
            QVERIFY(process.waitForFinished(kTimeout));
            QCOMPARE(process.exitCode(), 4);
            QVERIFY(process.readAllStandardError().contains("written"));
        }
    }

    void searchFindsAWordOfALog() {
        QList<EvidenceFile> files = test::goodEvidence();
        files.append({QStringLiteral("logs/node-b.log"), "fine\nERROR: zeppelin ran aground\nfine\n"});
        publish(QStringLiteral("r1"), files);
        QCOMPARE(run({QStringLiteral("import"), m_runs}).code, 0);
        const Answer found =
            run({QStringLiteral("search"), QStringLiteral("zeppelin"), QStringLiteral("--json")});
        QCOMPARE(found.code, 0);
        QVERIFY2(found.out.contains("ran aground"), found.out.constData());
        const Answer hostile = run({QStringLiteral("search"), QStringLiteral("\"zep* NEAR( OR")});
        QCOMPARE(hostile.code, 1);
        QVERIFY2(hostile.err.startsWith("Nothing was found for"), hostile.err.constData());
    }

private:
    [[nodiscard]] QString data() const { return m_dir->filePath(QStringLiteral("data")); }

    [[nodiscard]] Answer run(const QStringList &words) const {
        QProcess process;
        process.start(kProgram, QStringList{QStringLiteral("--data-dir"), data()} + words);
        if (!process.waitForFinished(kTimeout))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    [[nodiscard]] QJsonArray list() const {
        return QJsonDocument::fromJson(run({QStringLiteral("list"), QStringLiteral("--json")}).out).array();
    }

    static void write(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(path));
    }

    void publish(const QString &id, const QList<EvidenceFile> &files) const {
        for (const EvidenceFile &file : files) {
            const QString path = m_runs + QLatin1Char('/') + id + QLatin1Char('/') + file.name;
            QDir().mkpath(QFileInfo(path).path());
            write(path, file.bytes);
        }
    }

    // What the protocol asks for when a folder does not say.
    static constexpr test::GoodPlan kDefault{700, 100, 80};
    static constexpr int kTimeout = 60'000;
    inline static const QString kProgram = testPaths::program("slipwayctl");
    // Scripts decide by these.
    inline static const QHash<QString, int> kExitCodes{
        {QStringLiteral("PROVEN"), 0},           {QStringLiteral("FAIL"), 1},
        {QStringLiteral("UNPROVEN PASS"), 3},    {QStringLiteral("NO EVIDENCE"), 4},
        {QStringLiteral("INVALID EVIDENCE"), 4}, {QStringLiteral("INCOMPLETE"), 4}};

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_runs;
};

QTEST_GUILESS_MAIN(SlipwayctlTest)
#include "tst_slipwayctl.moc"
