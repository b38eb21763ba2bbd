// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/insight/insightentry.h"
#include "models/insight/jsonsplice.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace slipway;

class InsightTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMemberIsSetAndNothingElse_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("changed");
        const auto row = [](const char *name, const QByteArray &json, const QByteArray &changed) {
            QTest::newRow(name) << json << changed;
        };
        row("in its place", "{ \"k\" :1 ,\"z\":[ 1,2 ]}\r\n", "{ \"k\" :\"v\" ,\"z\":[ 1,2 ]}\r\n");
        row("an escaped key", "{\"\\u006b\": {}}", "{\"\\u006b\": \"v\"}");
        row("a value that is an object", "{\"a\":1,\"k\":{\"k\":2}}", "{\"a\":1,\"k\":\"v\"}");
        row("only the outer one", "{\"a\":{\"k\":1}}", "{\"a\":{\"k\":1}, \"k\": \"v\"}");
        row("a key in a text", "{\"a\":\"\\\"k\\\":1\"}", "{\"a\":\"\\\"k\\\":1\", \"k\": \"v\"}");
        row("last, spaced as the first", "{\n\t\"a\": 1\n}\n", "{\n\t\"a\": 1,\n\t\"k\": \"v\"\n}\n");
        row("into nothing", "", "{\n  \"k\": \"v\"\n}\n");
        row("into an empty one", "{}", "{\n  \"k\": \"v\"\n}");
        row("the same in another spelling", "{\"k\":\"\\u0076\"}", "{\"k\":\"\\u0076\"}");
    }

    void aMemberIsSetAndNothingElse() {
        QFETCH(QByteArray, json);
        const auto changed = withMember(json, QStringLiteral("k"), "\"v\"");
        QVERIFY(changed.ok());
        QTEST(*changed, "changed");
        QCOMPARE(memberValue(*changed, QStringLiteral("k")).contains('v') || json.contains("0076"), true);
        QVERIFY(QJsonDocument::fromJson(*changed).isObject());
    }

    void whatCannotBeChangedIsRefused() {
        for (const QByteArray &json :
             {QByteArray("["), QByteArray("[]"), QByteArray("{\"a\":1,\"a\":2}"), QByteArray("{} x")})
            QVERIFY2(!withMember(json, QStringLiteral("k"), "1").ok(), json.constData());
        QVERIFY(withMember("{\"a\":1,\"a\":2}", QStringLiteral("k"), "1")
                    .error()
                    .text.contains(QStringLiteral("\"a\"")));
    }

    // The file as it was published: one entry changes, all other bytes stay.
    void theRestOfTheFileSurvives() {
        const QByteArray file = sample();
        if (file.isEmpty())
            QSKIP("the published samples are not here");
        const auto insights = readInsights(file);
        QVERIFY(insights.ok());
        QVERIFY(insights->size() > 5);
        for (auto it = insights->constBegin(); it != insights->constEnd(); ++it) {
            const QByteArray entry = insightEntry(file, it.key());
            const qsizetype at = file.indexOf(entry);
            const auto edited = withInsightText(entry, *insightField(QStringLiteral("headline")),
                                                QStringLiteral("Said \"anew\": 6× größer\n"));
            QVERIFY(edited.ok());
            const auto after = withInsightEntry(file, it.key(), *edited);
            QVERIFY(after.ok());
            QCOMPARE(*after, QByteArray(file).replace(at, entry.size(), *edited));
            const qsizetype changed = edited->size() - entry.size();
            QCOMPARE(after->size(), file.size() + changed);
            const auto read = readInsights(*after);
            QCOMPARE(read->value(it.key()).headline, QStringLiteral("Said \"anew\": 6× größer\n"));
            QCOMPARE(read->value(it.key()).bugs, it->bugs);
            // And back: the very bytes.
            const auto back = withInsightEntry(
                *after, it.key(),
                *withInsightText(*edited, *insightField(QStringLiteral("headline")), it->headline));
            QCOMPARE(readInsights(*back)->value(it.key()).headline, it->headline);
            QCOMPARE(*withInsightEntry(*after, it.key(), entry), file);
            QCOMPARE(*withInsightBugs(entry, it->bugs), entry); // nothing new, nothing touched
        }
    }

    void aNewEntryComesLast() {
        const QByteArray file = "{\n  \"__schema__\": \"x\",\n  \"r1\": {\n    \"headline\": \"a\"\n  }\n}";
        QByteArray entry;
        for (const auto *key : {"headline", "for_sme"})
            entry = *withInsightText(entry, *insightField(QString::fromLatin1(key)), QStringLiteral("t"));
        entry = *withInsightBugs(
            entry,
            {{QStringLiteral("Leak"), {}, {}, {{QStringLiteral("PR"), QStringLiteral("https://x.org/1")}}}});
        QCOMPARE(
            *withInsightEntry(file, QStringLiteral("r2"), entry),
            QByteArray(
                "{\n  \"__schema__\": \"x\",\n  \"r1\": {\n    \"headline\": \"a\"\n  },\n  \"r2\": {\n"
                "    \"headline\": \"t\",\n    \"for_sme\": \"t\",\n    \"bugs\": [\n      {\n"
                "        \"title\": \"Leak\",\n        \"impact\": \"\",\n        \"root_cause\": \"\",\n"
                "        \"fixed_in\": [\n          {\n            \"label\": \"PR\",\n"
                "            \"url\": \"https://x.org/1\"\n          }\n        ]\n      }\n    ]\n  }\n}"));
    }

    void keysThatAreNotOursSurvive() {
        const QByteArray entry = "{\"headline\": \"a\", \"mood\": {\"x\": [1, 2.50]},\n \"bugs\": "
                                 "[{\"title\": \"t\", \"cvss\": 9.1}]}";
        const auto text =
            withInsightText(entry, *insightField(QStringLiteral("headline")), QStringLiteral("b"));
        QVERIFY(text->contains("\"mood\": {\"x\": [1, 2.50]},\n"));
        auto bugs = readInsight(entry)->bugs;
        bugs[0].title = QStringLiteral("other");
        const auto changed = withInsightBugs(entry, bugs);
        QVERIFY(changed->contains("\"cvss\": 9.1"));
        QVERIFY(changed->contains("\"mood\": {\"x\": [1, 2.50]},\n"));
    }

    void threeAudiencesMakeItComplete() {
        Insight insight;
        QCOMPARE(missingAudiences(insight).size(), 3);
        insight.forSme = insight.forCLevel = QStringLiteral("x");
        insight.forNonTechnical = QStringLiteral(" \n");
        QCOMPARE(missingAudiences(insight), QStringList{QStringLiteral("For non-technical end users")});
        insight.forNonTechnical = QStringLiteral("x");
        QVERIFY(missingAudiences(insight).isEmpty());
    }

    void linksMustBeOfTheWeb() {
        Insight insight;
        InsightBug bug{QStringLiteral("t"), {}, {}, {}};
        for (const auto *url : {"https://x.org/1", "http://x.org", "javascript:alert(1)", "data:text/html,x",
                                "file:///etc/passwd", "https://", "x", ""})
            bug.fixedIn.append({QStringLiteral("l"), QString::fromLatin1(url)});
        insight.bugs = {bug, InsightBug{}};
        QCOMPARE(insightProblems(insight).size(), 7);
    }

    void bugsAreReadFromAnArray() {
        QCOMPARE(readInsightBugs("[{\"title\":\"t\"}]")->first().title, QStringLiteral("t"));
        for (const auto *bad : {"{}", "[", "\"x\"", "[]}"})
            QVERIFY(!readInsightBugs(bad).ok());
    }

private:
    static QByteArray sample() {
        QFile file(testPaths::source("../shared/runs-sample/analysis/run-insights.json"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

QTEST_GUILESS_MAIN(InsightTest)
#include "tst_insight.moc"
