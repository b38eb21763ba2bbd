// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/record.h"

#include "models/evidence/judgementjson.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QTest>

#include <algorithm>

namespace slipway::test {

namespace {

const QString kHeading = QStringLiteral("== ");

// All records of a program: a heading each, then its lines.
class RecordFile {
public:
    RecordFile()
        : m_path(testPaths::source("tests/models/evidence/record/%1.txt")
                     .arg(QFileInfo(QString::fromLocal8Bit(QTest::currentAppName())).fileName())) {
        if (isWritten())
            return;
        QFile file(m_path);
        if (!file.open(QIODevice::ReadOnly))
            return;
        QString heading;
        for (const QString &line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
            if (line.startsWith(kHeading))
                m_records.insert(heading = line.mid(kHeading.size()), {});
            else if (!line.isEmpty())
                m_records[heading] << line;
        }
    }

    [[nodiscard]] static bool isWritten() { return qEnvironmentVariableIntValue("SLIPWAY_RECORD") == 1; }
    [[nodiscard]] bool holds(const QString &heading) const { return m_records.contains(heading); }
    [[nodiscard]] QStringList lines(const QString &heading) const { return m_records.value(heading); }

    [[nodiscard]] bool write(const QString &heading, const QStringList &lines) {
        m_records.insert(heading, lines);
        QString text;
        for (auto it = m_records.constBegin(); it != m_records.constEnd(); ++it)
            text += kHeading + it.key() + QLatin1Char('\n') + it.value().join(QLatin1Char('\n')) +
                    (it.value().isEmpty() ? QString() : QStringLiteral("\n")) + QLatin1Char('\n');
        QFile file(m_path);
        return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0;
    }

private:
    QString m_path;
    QMap<QString, QStringList> m_records;
};

QString oneLine(QString text) {
    return text.replace(QLatin1Char('\n'), QStringLiteral("\\n"));
}

QString placeText(const SourceRange &source, const QList<EvidenceFile> &files) {
    if (source.file.isEmpty())
        return QStringLiteral("-");
    const EvidenceFile *file = findFile(files, source.file);
    if (!file)
        return QStringLiteral("%1[%2+%3]").arg(source.file).arg(source.offset).arg(source.length);
    if (source.offset == 0 && source.length == file->bytes.size())
        return QStringLiteral("all of ") + source.file;
    constexpr qsizetype kShown = 60;
    return QStringLiteral("%1 at ").arg(source.file) +
           QString::fromUtf8(file->bytes.mid(source.offset, source.length)).simplified().left(kShown);
}

QString describedCheck(const Check &check, const QList<EvidenceFile> &files) {
    return QStringList{
        QStringLiteral("%1 (phase %2, rule %3)").arg(check.id).arg(check.phase).arg(check.ruleVersion),
        outcomeName(check.outcome) + QLatin1Char('/') + flawName(check.flaw),
        check.host,
        check.proves,
        check.expected,
        check.actual,
        check.n ? QString::number(*check.n) : QStringLiteral("-"),
        check.bound ? QString::number(*check.bound, 'g', 10) : QStringLiteral("-"),
        check.reason,
        placeText(check.source, files)}
        .join(QStringLiteral(" | "));
}

} // namespace

QStringList described(const Judgement &judgement, const QList<EvidenceFile> &files) {
    QStringList lines{QStringLiteral("%1, %2: %3 (%4)")
                          .arg(verdictName(judgement.verdict))
                          .arg(judgement.blamedPhase)
                          .arg(judgement.reason, judgement.claim)};
    for (const PhaseJudgement &phase : judgement.phases)
        lines << QStringLiteral("phase %1 %2: %3; %4")
                     .arg(phase.phase)
                     .arg(verdictName(phase.verdict), phase.headline, phase.detail);
    for (const Check &check : judgement.checks)
        lines << describedCheck(check, files);
    std::transform(lines.begin(), lines.end(), lines.begin(), oneLine);
    return lines;
}

QStringList without(QStringList lines, const QStringList &others) {
    lines.removeIf([&](const QString &line) { return others.contains(line); });
    return lines;
}

void compareWithRecord(const QStringList &lines, const QString &name) {
    static RecordFile record;
    QStringList words{QString::fromUtf8(QTest::currentTestFunction())};
    if (const char *row = QTest::currentDataTag())
        words << oneLine(QString::fromUtf8(row));
    if (!name.isEmpty())
        words << oneLine(name);
    const QString heading = words.join(QStringLiteral(": "));
    if (RecordFile::isWritten()) {
        QVERIFY2(record.write(heading, lines), qPrintable(heading));
        return;
    }
    QVERIFY2(record.holds(heading), qPrintable(QStringLiteral("no record of \"%1\"").arg(heading)));
    const QStringList kept = record.lines(heading);
    for (qsizetype i = 0; i < std::max(kept.size(), lines.size()); ++i)
        QVERIFY2(
            kept.value(i) == lines.value(i),
            qPrintable(
                QStringLiteral("%1\n  kept: %2\n  now:  %3").arg(heading, kept.value(i), lines.value(i))));
}

} // namespace slipway::test
