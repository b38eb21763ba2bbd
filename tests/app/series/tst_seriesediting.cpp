// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/series/seriesdrill.h"
#include "app/series/seriesediting.h"
#include "app/series/timerunits.h"
#include "app/session/seriesplancheck.h"
#include "models/core/instant.h"
#include "models/series/seriesjson.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

const QDateTime kNow = instantOf(QStringLiteral("2026-12-01T05:00:00Z"));
const QString kName = QStringLiteral("nightly");

DefinitionFields sound() {
    return {{QStringLiteral("name"), {kName}},
            {QStringLiteral("cron"), {QStringLiteral("13 */4 * * *")}},
            {QStringLiteral("fleet"), {QStringLiteral("sandbox")}}};
}

} // namespace

// What the shell and the window do to a definition.
class SeriesEditingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        auto opened = Archive::open(Paths{m_dir->path()});
        QVERIFY(opened.ok());
        m_store = std::move(*opened);
    }
    void cleanup() { m_store.reset(); }

    void aSeriesIsCreatedOnce() {
        SeriesArchive archive(*m_store);
        const auto definition = newDefinition(sound(), kNow);
        QVERIFY2(definition.ok(), definition ? "" : qPrintable(definition.error().text));
        QCOMPARE(definition->begin, kNow);
        QVERIFY(createSeries(archive, *definition, checkSeriesPlan).ok());
        const auto again = createSeries(archive, *definition, checkSeriesPlan);
        QVERIFY(!again.ok());
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(archive.definition(kName)->schedule.text(), QStringLiteral("13 */4 * * *"));
    }

    void whatIsMissingIsNamed() {
        for (const char *field : {"name", "cron", "fleet"}) {
            DefinitionFields fields = sound();
            fields.remove(QLatin1String(field));
            const auto definition = newDefinition(fields, kNow);
            QVERIFY(!definition.ok());
            QCOMPARE(definition.error().code, ErrorCode::InvalidInput);
            QCOMPARE(definition.error().text, QLatin1String(field) + QStringLiteral(" is missing"));
        }
    }

    void anEditChangesWhatIsGiven() {
        SeriesArchive archive(*m_store);
        QVERIFY(createSeries(archive, *newDefinition(sound(), kNow), checkSeriesPlan).ok());
        const auto edited = editSeries(archive, kName,
                                       {{QStringLiteral("slots"), {QStringLiteral("84")}},
                                        {QStringLiteral("baseline"), {QStringLiteral("40-60")}}},
                                       checkSeriesPlan);
        QVERIFY2(edited.ok(), edited ? "" : qPrintable(edited.error().text));
        const auto kept = archive.definition(kName);
        QVERIFY(kept.ok());
        QCOMPARE(kept->slotCount, std::optional<qint64>(84));
        QCOMPARE(kept->baseline, std::optional(BaselineRange{40, 60}));
        QCOMPARE(kept->plan.fleet, QStringLiteral("sandbox"));
        // What is wrong changes nothing.
        const auto refused = editSeries(archive, kName,
                                        {{QStringLiteral("slots"), {QStringLiteral("7")}},
                                         {QStringLiteral("claim"), {QStringLiteral("2")}}},
                                        checkSeriesPlan);
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().text.startsWith(QStringLiteral("claim ")));
        const auto unread = editSeries(archive, kName,
                                       {{QStringLiteral("slots"), {QStringLiteral("many")}},
                                        {QStringLiteral("ref"), {QStringLiteral("v0.6.1")}}},
                                       checkSeriesPlan);
        QVERIFY(!unread.ok());
        QVERIFY(unread.error().text.startsWith(QStringLiteral("slots ")));
        QCOMPARE(archive.definition(kName)->slotCount, std::optional<qint64>(84));
        QCOMPARE(archive.definition(kName)->plan.ref, QString());
        QCOMPARE(editSeries(archive, QStringLiteral("none"), {}, checkSeriesPlan).error().code,
                 ErrorCode::NotFound);
    }

    // Said when it is defined, and not by the first slot in the night.
    void aPlanThatNoSlotCouldRunIsRefused() {
        SeriesArchive archive(*m_store);
        const auto problemOf = [&](const char *field, const QString &value) {
            DefinitionFields fields = sound();
            fields.insert(QLatin1String(field), {value});
            const auto definition = newDefinition(fields, kNow);
            const auto created =
                definition ? createSeries(archive, *definition, checkSeriesPlan) : definition;
            return created ? QString() : created.error().text;
        };
        QVERIFY(
            problemOf("set", QStringLiteral("nosuch=1")).startsWith(QLatin1String("set nosuch: protocol")));
        QVERIFY(problemOf("set", QStringLiteral("cycles=0")).startsWith(QLatin1String("set cycles must be")));
        QVERIFY(
            problemOf("set", QStringLiteral("cycles")).startsWith(QLatin1String("set must be NAME=VALUE")));
        const QString missing = m_dir->filePath(QStringLiteral("none.json"));
        QVERIFY(problemOf("protocol", missing).startsWith(QStringLiteral("protocol: ") + missing));
        QCOMPARE(archive.definition(kName).error().code, ErrorCode::NotFound);
        QCOMPARE(problemOf("set", QStringLiteral("cycles=7")), QString());
        const auto edited =
            editSeries(archive, kName, {{QStringLiteral("set"), {QStringLiteral("x=1")}}}, checkSeriesPlan);
        QVERIFY(!edited.ok());
        QCOMPARE(archive.definition(kName)->plan.settings, QStringList{QStringLiteral("cycles=7")});
    }

    void anEditConfirmsWhatWasInferred() {
        SeriesArchive archive(*m_store);
        QFile file(testPaths::source("tests/models/series/soak-v0.6.0.csv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(archive.importTable(kName, file.readAll()).ok());
        QVERIFY(archive.definition(kName)->isScheduleInferred);
        QVERIFY(editSeries(archive, kName, {}, checkSeriesPlan).ok());
        const auto kept = archive.definition(kName);
        QVERIFY(!kept->isScheduleInferred);
        QCOMPARE(kept->origin, SeriesOrigin::Created);
        QCOMPARE(kept->schedule.text(), QStringLiteral("13 */4 * * *"));
    }

    void anEndIsUndoneByAnEdit() {
        SeriesArchive archive(*m_store);
        QVERIFY(createSeries(archive, *newDefinition(sound(), kNow), checkSeriesPlan).ok());
        const QDateTime later = kNow.addDays(2);
        QVERIFY(endSeries(archive, kName, later).ok());
        QVERIFY(archive.definition(kName)->isOver(later));
        QCOMPARE(endSeries(archive, kName, later).error().code, ErrorCode::AlreadyExists);
        QVERIFY(editSeries(archive, kName, {{QStringLiteral("end"), {QString()}}}, checkSeriesPlan).ok());
        QVERIFY(!archive.definition(kName)->isOver(later));
    }

    void aDrillIsKeptAndSaid() {
        SeriesArchive archive(*m_store);
        DefinitionFields fields = sound();
        fields.insert(QStringLiteral("baseline"), {QStringLiteral("40-60")}); // runs that a drill has not
        QVERIFY(createSeries(archive, *newDefinition(fields, kNow), checkSeriesPlan).ok());
        const auto lastDrill = [&] { return archive.judge(kName, kNow)->lastDrill; };
        QVERIFY(!lastDrill());
        QCOMPARE(drillText(lastDrill()), QStringLiteral("never"));
        QVERIFY(seriesToJson(*archive.judge(kName, kNow)).value(QLatin1String("last_drill")).isNull());
        const auto result =
            drill(*archive.definition(kName), DrillKind::Slow, [](const SeriesMessage &) -> Result<void> {
                return Error{ErrorCode::Unreachable, QStringLiteral("nobody answers")};
            });
        QVERIFY2(result.ok(), result ? "" : qPrintable(result.error().text));
        QCOMPARE(result->problem, QStringLiteral("nobody answers"));
        QVERIFY(noteDrill(archive.entries(), kName, *result).ok());
        QVERIFY(lastDrill().has_value());
        QCOMPARE(lastDrill()->kind, QStringLiteral("slow"));
        QVERIFY(
            drillText(lastDrill()).endsWith(QStringLiteral(" UTC, slow: the alarm did not reach its end")));
        const QJsonObject json =
            seriesToJson(*archive.judge(kName, kNow)).value(QLatin1String("last_drill")).toObject();
        QCOMPARE(json.keys(),
                 QStringList({QStringLiteral("at"), QStringLiteral("kind"), QStringLiteral("told")}));
        QCOMPARE(json.value(QLatin1String("told")).toBool(), false);
    }

    void commandsAreForThisArchive() {
        const SlotCommands commands = slotCommands(kName, Paths{QStringLiteral("/srv/it's here")});
        QCOMPARE(commands.runSlot,
                 QStringLiteral("slipwayctl series run-slot nightly --data-dir '/srv/it'\\''s here'"));
        qputenv("SLIPWAY_DATA_DIR", m_dir->path().toUtf8());
        QCOMPARE(slotCommands(kName, Paths{m_dir->path()}).install,
                 QStringLiteral("slipwayctl series install nightly"));
        qunsetenv("SLIPWAY_DATA_DIR");
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Archive> m_store;
};

QTEST_GUILESS_MAIN(SeriesEditingTest)
#include "tst_seriesediting.moc"
