// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleet.h"
#include "models/fleet/fleetfields.h"
#include "tests/e2e/shellprogram.h"
#include "tests/models/evidence/goodevidence.h"
#include "tests/support/fakecloud.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <span>

using namespace slipway;
using test::Answer;

namespace {

const QByteArray kKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

// Documents that nothing here makes, each with what makes the same one.
const QMap<QString, QString> kNotMade{
    {QStringLiteral("resume campaign/1"), QStringLiteral("run, by the same function")},
    {QStringLiteral("fleet prepare rental/1"), QStringLiteral("fleet create, by the same function")},
    {QStringLiteral("series uninstall series-timer-removed/1"),
     QStringLiteral("nothing: systemd must be there")},
};

// With nothing there, and then with something: each line is a command of slipwayctl, and those that begin
// with "=" only change something.
constexpr const char *kWithout[] = {
    "list",
    "search word",
    "show x1",
    "triage x1",
    "verify x1",
    "gate --tag v1",
    "diff a b",
    "import nowhere",
    "archive compact",
    "export x1 --to repo",
    "insight x1 show",
    "release v1 --campaign x1 --to repo",
    "fleet list",
    "fleet show nope",
    "fleet import nowhere.json",
    "fleet check --fleet nope",
    "fleet destroy gate --yes",
    "fleet prepare gate",
    "repro x1 --cycle 1",
    "resume x1",
    "run --fleet nope --id x1",
    "run --plan --fleet nope",
    "sandbox status",
    "sandbox up --server /nowhere",
    "series list",
    "series show soak",
    "series messages soak",
    "series alarm soak loss --resolve --by Ada --why over",
    "series continue soak --by Ada --why over",
    "series create soak --cron never --fleet nope",
    "series drill soak --kind slow",
    "series edit soak",
    "series end soak",
    "series excuse soak 2026-04-20T20:13Z --by Ada --why over",
    "series import nowhere.csv",
    "series install soak",
    "series uninstall soak",
    "series report soak --to nowhere",
    "series run-slot soak",
};
constexpr const char *kWith[] = {
    "sandbox up",
    "sandbox status",
    "run --plan --fleet sandbox",
    "run --fleet sandbox --id first --ref v1 --set cycles=5 --quiet",
    "import runs",
    "import runs",
    "list",
    "show first",
    "show r14",
    "show r15",
    "show old",
    "search converge",
    "triage r15 --class product --owner Ada --note seen --link https://example.org/1",
    "triage r15",
    "search report",
    "search seen",
    "list",
    "verify first",
    "verify runs/r14",
    "gate --tag v1",
    "diff r14 r15",
    "repro first --cycle 1",
    "archive compact",
    "= insight first set headline Nothing_lost",
    "insight first show",
    "insight first lint",
    "insight first export --to repo",
    "export first --to repo --dry-run",
    "export --all --to repo",
    "export first --to pages.git --push",
    ("release v0.7.0 --ref v1 --campaign first --to repo --accept-unproven "
     "--server ai-memory-reference_0.1.0"),
    "fleet import hosts.csv --name mine --dry-run",
    "fleet import hosts.csv --name mine",
    "fleet list",
    "fleet show mine",
    "fleet check --fleet sandbox --accept-new",
    "fleet create gate --key key.pub --dry-run",
    "fleet create gate --key key.pub --no-login",
    "fleet list",
    "fleet cost",
    "fleet destroy gate --dry-run",
    "fleet sweep --dry-run",
    "fleet destroy gate --yes",
    "series list",
    "series create soak --cron *_*_*_*_* --fleet sandbox --slots 84 --begin 2026-04-20T20:13Z --max-cost 9",
    "series show soak",
    "series show soak --details",
    "series edit soak --breaker 4 --baseline 2-30",
    "series create open --cron *_*_*_*_* --fleet sandbox",
    "series end open",
    "series import table.csv --name field",
    "series show field --details",
    "series excuse soak 2026-04-20T20:13Z --by Ada --why over",
    "series alarm field %signature --acknowledge --by Ada --why seen",
    "series show field --details",
    "series continue soak --by Ada --why over",
    "series drill soak --kind slow",
    "series show soak --details",
    "series messages soak",
    "series messages field",
    "series create late --cron 0_0_*_*_* --fleet nope --begin 2026-11-01T00:00Z --grace 1440", // its slot is
                                                                                               // due
    "series run-slot late",
    "series messages late",
    "series install soak",
    "series report field --to repo",
    "verify repo/series/field",
    "series list",
};

} // namespace

// What a program reads: whatever --json prints is a document with a schema, and is as its schema says. The
// commands are those that the program itself names, so that a new one with --json is asked for its schema and
// its lines here.
class DocumentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        // "fleet list         fleet-list/1"
        for (const QByteArray &line : m_ctl.run("help json").out.split('\n')) {
            const QStringList columns =
                QString::fromUtf8(line).trimmed().split(QStringLiteral("  "), Qt::SkipEmptyParts);
            if (line.startsWith("  ") && columns.size() == 2)
                m_documents.insert(columns.at(0).trimmed(), columns.at(1).trimmed().split(QLatin1Char(' ')));
        }
        QCOMPARE(m_documents.take(QStringLiteral("what fails")), QStringList{QStringLiteral("error/1")});
        QVERIFY(m_documents.size() > 35);
        for (const QStringList &documents : std::as_const(m_documents))
            QVERIFY(!documents.constFirst().isEmpty());
        QVERIFY(QDir().mkpath(m_ctl.path(QStringLiteral("documents"))));
        m_ctl.setEnvironment(QStringLiteral("DIGITALOCEAN_TOKEN"), QStringLiteral("dop_v1_0123456789abcdef"));
        m_ctl.setEnvironment(QStringLiteral("DIGITALOCEAN_API_URL"), m_cloud.url().toString());
        for (const char *name : {"GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"})
            m_ctl.setEnvironment(QLatin1String(name), QStringLiteral("A Person"));
        for (const char *name : {"GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"})
            m_ctl.setEnvironment(QLatin1String(name), QStringLiteral("person@example.org"));
    }
    void cleanupTestCase() { QCOMPARE(m_ctl.run("sandbox down").code, 0); }

    void eachDocumentIsAsItsSchemaSays() {
        for (const auto &[command, documents] : m_documents.asKeyValueRange())
            print(command + QStringLiteral(" --no-such-option"));
        for (const char *line : kWithout)
            print(QLatin1String(line));
        prepare();
        for (const char *line : kWith) {
            if (*line != '=')
                print(QLatin1String(line));
            else
                QCOMPARE(m_ctl.run(line + 1).code, 0);
        }

        QProcess validator;
        validator.start(QStringLiteral("python3"),
                        {testPaths::source("tests/e2e/validate_documents.py"),
                         testPaths::source("resources/schemas"), m_ctl.path(QStringLiteral("documents"))});
        QVERIFY(validator.waitForFinished(60'000));
        QVERIFY2(validator.exitCode() == 0, validator.readAllStandardError().constData());
        const QString said = QString::fromUtf8(validator.readAllStandardOutput());
        QStringList wrong;
        QMap<QString, QSet<QString>> seen;
        for (const QString &line : said.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            const QString number = line.section(QLatin1Char(' '), 0, 0);
            const QString document = line.section(QLatin1Char(' '), 2);
            const QString command = commandOf(m_lines.value(number));
            const bool isItsOwn = document == QLatin1String("error/1") ||
                                  m_documents.value(command).contains(document) ||
                                  (document == QLatin1String("[]") && printsList(command));
            if (line.section(QLatin1Char(' '), 1, 1) != QLatin1String("ok") || !isItsOwn)
                wrong << m_lines.value(number) + QStringLiteral(": ") + line;
            seen[command].insert(document);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
        for (const auto &[command, documents] : m_documents.asKeyValueRange()) {
            for (const QString &document : documents + QStringList{QStringLiteral("error/1")}) {
                const QString name = command + QLatin1Char(' ') + document;
                const bool isSeen = seen.value(command).contains(document);
                if (isSeen == kNotMade.contains(name))
                    wrong << name;
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("was not seen, or is said not to be: ") +
                                             wrong.join(QStringLiteral(", "))));
    }

    void theProgramPrintsEachSchema() {
        QSet<QString> all{QStringLiteral("error/1")};
        for (const QStringList &documents : std::as_const(m_documents))
            all += QSet<QString>(documents.begin(), documents.end());
        const QDir schemas(testPaths::source("resources/schemas"));
        QCOMPARE(all.size(), schemas.entryList({QStringLiteral("*.json")}, QDir::Files).size());
        for (const QString &document : all) {
            const QString name = document.section(QLatin1Char('/'), 0, 0);
            QFile file(schemas.filePath(name + QStringLiteral(".json")));
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(document));
            QCOMPARE(m_ctl.run({QStringLiteral("help"), QStringLiteral("json"), name}).out, file.readAll());
        }
        QCOMPARE(m_ctl.run("help json ../guide/ci").code, 4);
    }

    // The reader, the schema and slipway-fleet(5) know the same fields, and the example is a fleet.
    void theFleetFileIsDescribedOnce() {
        QFile file(testPaths::source("resources/schemas/fleet.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonDocument schema = QJsonDocument::fromJson(file.readAll());
        const QByteArray page = m_ctl.run("help --man slipway-fleet").out;
        expectFields(schema.object(), kFleetFields, page);
        expectFields(schema[QLatin1String("$defs")][QLatin1String("host")].toObject(), kHostFields, page);
        const auto fleet = parseFleet(kFleetExample, QStringLiteral("the example"));
        QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
        QVERIFY(page.contains("nyc3\\-gate"));
    }

private:
    static void expectFields(const QJsonObject &schema, std::span<const FleetField> fields,
                             const QByteArray &page) {
        const QJsonObject properties = schema.value(QLatin1String("properties")).toObject();
        const QJsonArray required = schema.value(QLatin1String("required")).toArray();
        QCOMPARE(properties.size(), static_cast<qsizetype>(fields.size()));
        for (const FleetField &field : fields) {
            const QString name = QString::fromLatin1(field.name);
            QVERIFY2(properties.contains(name), field.name);
            QCOMPARE(required.contains(name), field.isRequired);
            QVERIFY2(page.contains(".B " + QByteArray(field.name) + '\n'), field.name);
        }
    }

    // Folders with and without evidence, a table of runs, hosts, repositories, and a key that the cloud
    // knows.
    void prepare() {
        m_ctl.publish(QStringLiteral("runs/r14"), test::goodEvidence({50, 100, 80}));
        auto files = test::goodEvidence({50, 100, 80});
        files.removeIf([](const EvidenceFile &file) { return file.name == QLatin1String("phase4.json"); });
        m_ctl.publish(QStringLiteral("runs/r15"), files);
        m_ctl.write(QStringLiteral("runs/old/campaign-summary.json"), R"({"campaign_id":"old","ref":"v0"})");
        m_ctl.write(QStringLiteral("hosts.csv"),
                    "name,address,role\na,203.0.113.1,peer\nb,203.0.113.2,chaos\n");
        QByteArray table = "run,completed_at,claimed_pass,cost_usd,image\n";
        for (int run = 1; run <= 9; ++run)
            table += QStringLiteral("field-r%1,2026-04-2%1T20:00:00Z,%2,1.5,v%1\n")
                         .arg(run)
                         .arg(run % 4 == 0 ? QStringLiteral("false") : QStringLiteral("true"))
                         .toUtf8();
        m_ctl.write(QStringLiteral("table.csv"), table);
        m_ctl.write(QStringLiteral("key.pub"), kKey + " me\n");
        m_cloud.post(QStringLiteral("key"),
                     QJsonObject{{QStringLiteral("name"), QStringLiteral("me")},
                                 {QStringLiteral("public_key"), QString::fromLatin1(kKey)}});
        m_ctl.write(QStringLiteral("repo/releases/schema.json"), "{\"type\":\"object\"}");
        QCOMPARE(QProcess::execute(QStringLiteral("git"),
                                   {QStringLiteral("init"), QStringLiteral("--bare"),
                                    QStringLiteral("--initial-branch=main"), QStringLiteral("--quiet"),
                                    m_ctl.path(QStringLiteral("pages.git"))}),
                 0);
    }

    [[nodiscard]] bool printsList(const QString &command) const {
        const QStringList documents = m_documents.value(command);
        return std::any_of(documents.begin(), documents.end(), [](const QString &document) {
            QFile file(testPaths::source("resources/schemas/") + document.section(QLatin1Char('/'), 0, 0) +
                       QStringLiteral(".json"));
            return file.open(QIODevice::ReadOnly) &&
                   QJsonDocument::fromJson(file.readAll())[QLatin1String("type")] == QLatin1String("array");
        });
    }

    // "fleet list" of "fleet list --dry-run".
    [[nodiscard]] QString commandOf(const QString &line) const {
        const QString two = line.section(QLatin1Char(' '), 0, 1);
        return m_documents.contains(two) ? two : line.section(QLatin1Char(' '), 0, 0);
    }

    // Keeps what the line prints with --json under a number.
    void print(QString line) {
        if (line.contains(QLatin1String("%signature"))) {
            const QJsonObject series = m_ctl.json("series show field --json --details").object();
            line.replace(QLatin1String("%signature"),
                         series[QLatin1String("alarms")][0][QLatin1String("signature")].toString());
        }
        QStringList words = line.split(QLatin1Char(' '));
        words.replaceInStrings(QStringLiteral("_"), QStringLiteral(" ")); // of one word
        const Answer answer = m_ctl.run(words + QStringList{QStringLiteral("--json")});
        const QString number = QStringLiteral("%1").arg(m_lines.size(), 3, 10, QLatin1Char('0'));
        m_lines.insert(number, line);
        m_ctl.write(QStringLiteral("documents/%1.json").arg(number), answer.out);
    }

    test::FakeCloud m_cloud;
    test::ShellProgram m_ctl;
    QMap<QString, QStringList> m_documents; ///< by command
    QMap<QString, QString> m_lines;         ///< by number
};

QTEST_GUILESS_MAIN(DocumentsTest)
#include "tst_documents.moc"
