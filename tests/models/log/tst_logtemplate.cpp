// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logtemplate.h"

#include <QTest>

using namespace slipway;

namespace {

QSet<QByteArray> textsOf(const LogTemplates &templates) {
    QSet<QByteArray> texts;
    templates.addTextsTo(texts);
    return texts;
}

} // namespace

class LogTemplateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesGoAndNamesStay_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *line, const char *text) {
            QTest::newRow(line) << QByteArray(line) << QByteArray(text);
        };
        row("[chaos] cycle 12: nodes ready (pids 24984 24986 24988)",
            "[chaos] cycle #: nodes ready (pids # # #)");
        row("17:39:02.114 POST /api/v1/sync/push 200 applied=1", "# POST /api/v1/sync/push # applied=#");
        row("FATAL: node-0 failed to start", "FATAL: node-0 failed to start");
        row("[phase2] node-b count(ns=run-1)=166", "[phase2] node-b count(ns=run-1)=#");
        row("commit 2cfcc18 of 123e4567-e89b-12d3-a456-426614174000", "commit # of #");
        row("2026-04-20T17:39:02Z  waited\t90s\r", "# waited #");
        row("   ", "");
    }

    void valuesGoAndNamesStay() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, text);
        QCOMPARE(logTemplate(line), text);
    }

    void whatOnlyOneLogSays() {
        LogTemplates red;
        LogTemplates green;
        const QList<QByteArray> good{"cycle 1 ready", "wrote 100 rows"};
        for (const QByteArray &line : good)
            green.add(line, 0);
        const QList<QByteArray> bad{"cycle 7 ready", "FATAL: node-0 failed", "wrote 20 rows", "retry 1",
                                    "retry 2"};
        for (qsizetype i = 0; i < bad.size(); ++i)
            red.add(bad.at(i), i);
        const auto only = red.notIn(textsOf(green));
        QCOMPARE(only.size(), 2);
        QCOMPARE(only.at(0).text, QByteArray("FATAL: node-0 failed"));
        QCOMPARE(only.at(0).line, 1);
        QCOMPARE(only.at(1).count, 2);
        QCOMPARE(only.at(1).example, QByteArray("retry 1"));
        QVERIFY(green.notIn(textsOf(red)).isEmpty());
    }

    void memoryIsBounded() {
        LogTemplates many;
        for (int i = 0; i < 20'000; ++i) {
            QByteArray word;
            for (int n = i; n > 0; n /= 20)
                word += char('g' + n % 20);
            many.add("word " + word + QByteArray(2000, 'x'), i);
        }
        QVERIFY(many.isFull());
        QCOMPARE(many.notIn({}).size(), 10'000);
        QVERIFY(many.notIn({}).constFirst().example.size() <= 512);
    }
};

QTEST_APPLESS_MAIN(LogTemplateTest)
#include "tst_logtemplate.moc"
