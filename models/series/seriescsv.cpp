// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/seriescsv.h"

#include "models/series/seriescharts.h"

namespace slipway {

namespace {

QString cell(QString text) {
    static const QString kFormula = QStringLiteral("=+-@\t\r");
    if (!text.isEmpty() && kFormula.contains(text.at(0)))
        text.prepend(QLatin1Char('\''));
    if (text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) ||
        text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r')))
        return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
    return text;
}

void addRow(QByteArray &csv, const QStringList &texts) {
    QStringList cells;
    for (const QString &text : texts)
        cells << cell(text);
    csv += cells.join(QLatin1Char(',')).toUtf8() + "\r\n";
}

QString timeText(const QDateTime &at) {
    return at.isValid() ? at.toUTC().toString(Qt::ISODate) : QString();
}

} // namespace

QByteArray runsCsv(const SeriesJudgement &judged) {
    QMap<qsizetype, QDateTime> places;
    for (const SeriesSlot &slot : judged.table.slotList) {
        for (const qsizetype run : slot.runs)
            places.insert(run, slot.at);
    }
    QByteArray csv;
    addRow(csv, {QStringLiteral("run"), QStringLiteral("id"), QStringLiteral("slot"),
                 QStringLiteral("completed_at"), QStringLiteral("claimed_pass"), QStringLiteral("verdict"),
                 QStringLiteral("evidence"), QStringLiteral("seconds"), QStringLiteral("lost_writes"),
                 QStringLiteral("cost")});
    for (qsizetype i = 0; i < judged.runs.size(); ++i) {
        const SeriesRun &run = judged.runs.at(i);
        const auto seconds = run.seconds.constFind(kWholeRun);
        addRow(csv,
               {QString::number(run.ordinal), run.id, timeText(places.value(i)), timeText(run.completedAt),
                !run.claimedPass   ? QString()
                : *run.claimedPass ? QStringLiteral("true")
                                   : QStringLiteral("false"),
                run.verdict ? verdictName(*run.verdict) : QString(),
                run.hasEvidence ? QStringLiteral("true") : QStringLiteral("false"),
                seconds == run.seconds.constEnd() ? QString() : QString::number(*seconds),
                run.lost ? QString::number(*run.lost) : QString(),
                run.cost ? QString::number(*run.cost) : QString()});
    }
    return csv;
}

QByteArray slotsCsv(const SeriesJudgement &judged) {
    QByteArray csv;
    addRow(csv,
           {QStringLiteral("slot"), QStringLiteral("at"), QStringLiteral("state"), QStringLiteral("runs"),
            QStringLiteral("verdict"), QStringLiteral("excused_by"), QStringLiteral("why")});
    for (const SeriesSlot &slot : judged.table.slotList) {
        QStringList runs;
        for (const qsizetype run : slot.runs)
            runs << QString::number(judged.runs.at(run).ordinal);
        const auto verdict = slotVerdict(slot, judged.runs);
        addRow(csv, {QString::number(slot.number), timeText(slot.at), slotStateName(slot.state),
                     runs.join(QLatin1Char(' ')), verdict ? verdictName(*verdict) : QString(), slot.excuse.by,
                     slot.excuse.why});
    }
    return csv;
}

QByteArray alarmsCsv(const SeriesJudgement &judged) {
    QByteArray csv;
    addRow(csv, {QStringLiteral("signature"), QStringLiteral("state"), QStringLiteral("run"),
                 QStringLiteral("at"), QStringLiteral("signals"), QStringLiteral("reason"),
                 QStringLiteral("by"), QStringLiteral("why")});
    for (const Alarm &alarm : judged.alarms)
        addRow(csv,
               {alarm.first.signature(), alarmStateName(alarm.state), QString::number(alarm.first.run),
                timeText(alarm.first.at), QString::number(alarm.signalList.size()), alarm.first.text,
                alarm.action ? alarm.action->by : QString(), alarm.action ? alarm.action->why : QString()});
    return csv;
}

} // namespace slipway
