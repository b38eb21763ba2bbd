// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/rulerows.h"

#include "tests/models/evidence/record.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace slipway::test {

namespace {

const QString kFault = QStringLiteral("kill_primary_mid_write");

QJsonObject with(QJsonObject object, QStringList path, const QByteArray &value) {
    const QString key = path.takeFirst();
    if (!path.isEmpty())
        object.insert(key, with(object.value(key).toObject(), path, value));
    else if (value.isEmpty())
        object.remove(key);
    else
        object.insert(key, QJsonDocument::fromJson('[' + value + ']').array().at(0));
    return object;
}

} // namespace

Expectation ruleExpectation() {
    Expectation expectation;
    expectation.cycles = kFewCycles.cycles;
    expectation.writesPerCycle = kFewCycles.writes;
    expectation.convergenceMin = 0.8;
    expectation.byIdentity = true;
    return expectation;
}

Change set(const QByteArray &file, const QByteArray &path, const QByteArray &value) {
    return [=](Files &files) {
        changeJson(files, QString::fromLatin1(file), [=](QJsonObject &object) {
            object = with(object, QString::fromLatin1(path).split(QLatin1Char('.')), value);
        });
    };
}

Change inCycle(int number, const QByteArray &key, const QByteArray &value) {
    return [=](Files &files) {
        changeCycle(files, number,
                    [=](QJsonObject &cycle) { cycle = with(cycle, {QString::fromLatin1(key)}, value); });
    };
}

Change inCycles(const QByteArray &key, const QByteArray &value) {
    return [=](Files &files) {
        changeCycles(files,
                     [=](QJsonObject &cycle) { cycle = with(cycle, {QString::fromLatin1(key)}, value); });
    };
}

Change without(const QByteArray &file) {
    return [name = QString::fromLatin1(file)](Files &files) {
        files.removeIf([&](const EvidenceFile &one) { return one.name == name; });
    };
}

Change bytes(const QByteArray &file, const QByteArray &is) {
    return [=](Files &files) { fileOf(files, QString::fromLatin1(file)).bytes = is; };
}

Change all(const QList<Change> &changes) {
    return [=](Files &files) {
        for (const Change &change : changes)
            change(files);
    };
}

QString worthOf(const Check *check) {
    if (!check)
        return QStringLiteral("absent");
    if (check->outcome == Check::Outcome::Pass)
        return QStringLiteral("pass");
    if (check->outcome == Check::Outcome::Fail)
        return QStringLiteral("fail");
    return check->flaw == Check::Flaw::Missing       ? QStringLiteral("missing")
           : check->flaw == Check::Flaw::Invalid     ? QStringLiteral("invalid")
           : check->flaw == Check::Flaw::Unsupported ? QStringLiteral("unsupported")
                                                     : QStringLiteral("unknown");
}

void ruleColumns() {
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("worth");
    QTest::addColumn<QString>("actual");
    QTest::addColumn<QString>("reason");
}

void row(const char *name, const Change &change, const char *id, const char *worth, const char *actual,
         const char *reason) {
    QTest::newRow(name) << change << QString::fromLatin1(id).replace(QLatin1Char('*'), kFault)
                        << QString::fromLatin1(worth) << QString::fromUtf8(actual)
                        << QString::fromUtf8(reason).replace(QLatin1Char('*'), kFault);
}

void judgeRow(const Expectation &expectation) {
    QFETCH(const Change, change);
    QFETCH(const QString, id);
    QFETCH(const QString, worth);
    QFETCH(const QString, actual);
    QFETCH(const QString, reason);
    Files files = goodEvidence(kFewCycles);
    change(files);
    const Judgement judgement = judgeReports(files, expectation);
    const Check *check = checkWith(judgement, id);
    QCOMPARE(worthOf(check), worth);
    const Files good = goodEvidence(kFewCycles);
    compareWithRecord(
        test::without(described(judgement, files), described(judgeReports(good, expectation), good)));
    if (!check)
        return;
    QCOMPARE(check->actual, actual);
    QCOMPARE(check->reason, reason);
    QVERIFY(worth == QLatin1String("pass") || judgement.verdict != Verdict::Proven);
}

} // namespace slipway::test
