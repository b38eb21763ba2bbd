// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/archive/threecampaigns.h"

#include "app/archive/archive.h"
#include "app/archive/archivecare.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/evidencestore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/observationstore.h"
#include "app/archive/triagestore.h"
#include "models/observation/zstream.h"
#include "tests/app/archive/oldarchive.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

namespace slipway::test {

void ThreeCampaigns::begin() {
    m_dir = std::make_unique<QTemporaryDir>();
    m_paths = pathsOf(QStringLiteral("data"));
    for (const auto &id : {QStringLiteral("c1"), QStringLiteral("c2"), QStringLiteral("c3")})
        add(id);
}

Paths ThreeCampaigns::pathsOf(const QString &name) const {
    QDir().mkpath(m_dir->filePath(name));
    return Paths{m_dir->filePath(name)};
}

void ThreeCampaigns::add(const QString &id) {
    const auto archive = Archive::open(m_paths);
    QVERIFY2(archive.ok(), archive ? "" : qPrintable(archive.error().text));
    CampaignRecord record;
    record.summary.id = id;
    record.summary.source = QStringLiteral("run");
    record.peers = {QStringLiteral("node-a"), QStringLiteral("node-b")};
    record.requiredPhases = {1, 2};
    record.parameters = {{QStringLiteral("cycles"), QStringLiteral("7")}};
    QVERIFY(CampaignStore(**archive).create(record).ok());
    for (const auto &name : {QStringLiteral("a"), QStringLiteral("b")})
        QVERIFY(EvidenceStore(**archive).save(id, {name, id.toUtf8() + QByteArray(3000, 'y')}).ok());
    QVERIFY(
        addOldObservations(**archive, id,
                           {{QStringLiteral("s"), 0, "one " + id.toUtf8()}, {QStringLiteral("s"), 9, "two"}})
            .ok());
    QVERIFY(ObservationStore(**archive)
                .save(id, streamOf(QStringLiteral("phase2-x-y.obs.jsonl"), "three\nfour " + id.toUtf8()))
                .ok());
    const QByteArray log = "log of " + id.toUtf8();
    QVERIFY(QDir().mkpath(m_paths.spoolDir(id)));
    write(m_paths.spoolDir(id) + QStringLiteral("/x.log"), log);
    const QString sha =
        QString::fromLatin1(QCryptographicHash::hash(log, QCryptographicHash::Sha256).toHex());
    QVERIFY(ObservationStore(**archive).saveSpool(id, QStringLiteral("x.log"), log.size(), sha).ok());
    Judgement judgement;
    judgement.reason = QStringLiteral("why");
    QVERIFY(JudgementStore(**archive).save(id, judgement).ok());
    QVERIFY(TriageStore(**archive).save(id, {FailureClass::Product, id, {}, {}}).ok());
}

void ThreeCampaigns::expectWhole(const QStringList &ids) {
    const auto health = checkArchive(m_paths);
    QVERIFY2(health.ok(), health ? "" : qPrintable(health.error().text));
    QCOMPARE(health->problems, QStringList());
    const auto archive = Archive::open(m_paths);
    for (const QString &id : ids) {
        const auto record = CampaignReader(**archive).load(id);
        QVERIFY(record.ok());
        QVERIFY2(record->findings.isEmpty(), qPrintable(record->findings.value(0).reason));
        QCOMPARE(record->files.size(), 2);
        QCOMPARE(record->files.constFirst().bytes, id.toUtf8() + QByteArray(3000, 'y'));
        QCOMPARE(record->parameters.value(QStringLiteral("cycles")), QStringLiteral("7"));
        QCOMPARE(record->peers.size(), 2);
        QCOMPARE(record->requiredPhases, QList<int>({1, 2}));
        QCOMPARE(record->judgement->reason, QStringLiteral("why"));
        QCOMPARE(record->summary.triage.owner, id);
        const auto evidence = CampaignReader(**archive).loadEvidence(id);
        QVERIFY(evidence.ok());
        QCOMPARE(evidence->observations.size(), 2);
        QCOMPARE(*plainBytes(evidence->observations.constFirst(), 1000), "three\nfour " + id.toUtf8());
        QCOMPARE(*plainBytes(evidence->observations.constLast(), 1000), "one " + id.toUtf8() + "\ntwo\n");
    }
}

qint64 ThreeCampaigns::links() const {
    QProcess sqlite;
    sqlite.start(QStringLiteral("sqlite3"),
                 {m_paths.archiveFile(), QStringLiteral("SELECT count(*) FROM event")});
    return sqlite.waitForFinished() ? sqlite.readAllStandardOutput().trimmed().toLongLong() : -1;
}

void ThreeCampaigns::outside(const QString &sql) const {
    QProcess sqlite;
    sqlite.start(QStringLiteral("sqlite3"), {m_paths.archiveFile(), sql});
    QVERIFY(sqlite.waitForFinished());
    QCOMPARE(sqlite.readAllStandardError(), QByteArray());
}

QByteArray ThreeCampaigns::read(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("absent");
}

void ThreeCampaigns::write(const QString &path, const QByteArray &bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace slipway::test
