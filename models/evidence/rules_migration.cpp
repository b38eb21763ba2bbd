// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules.h"

#include <QJsonArray>

namespace slipway::rules {

namespace {

// A rehearsal migrates nothing, and a report of the way back says nothing of the way there. Reports that do
// not say are left as they are.
void judgeRun(const Report &report, const QString &base, const QString &key, bool reverse, Checks &checks) {
    if (const QJsonValue dry = report.value(base + QStringLiteral(".dry_run")); dry.isBool()) {
        Check &check =
            checks.add(QStringLiteral("phase3.%1.real").arg(key), QString(),
                       QStringLiteral("The migration was not a rehearsal."), QStringLiteral("false"));
        check.source = report.rangeOf(base + QStringLiteral(".dry_run"));
        if (dry.toBool())
            Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("true"),
                            QStringLiteral("%1 was a dry run, so nothing was migrated").arg(base));
        else
            Checks::pass(check, QStringLiteral("false"));
    }
    const QString from = report.text(base + QStringLiteral(".from_url")).section(QLatin1Char(':'), 0, 0);
    const QString to = report.text(base + QStringLiteral(".to_url")).section(QLatin1Char(':'), 0, 0);
    if (from.isEmpty() && to.isEmpty())
        return;
    const QString expected =
        reverse ? QStringLiteral("postgres to sqlite") : QStringLiteral("sqlite to postgres");
    const auto is = [](const QString &scheme, bool sqlite) {
        return scheme.startsWith(sqlite ? QLatin1String("sqlite") : QLatin1String("postgres"));
    };
    Check &check = checks.add(QStringLiteral("phase3.%1.direction").arg(key), QString(),
                              QStringLiteral("The migration went the way it should."), expected);
    check.source = report.rangeOf(base);
    const QString actual = QStringLiteral("%1 to %2").arg(from, to);
    if (is(from, !reverse) && is(to, reverse))
        Checks::pass(check, actual);
    else
        Checks::unknown(check, Check::Flaw::Invalid, actual,
                        QStringLiteral("%1 went from %2, not from %3").arg(base, actual, expected));
}

} // namespace

void judgeMigration(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks) {
    Checks list(checks, 3);
    const Report report(files, QStringLiteral("phase3.json"));
    if (!list.readable(report, QString()))
        return;
    const qsizetype first = list.size();
    list.original(report, QString());
    const auto expected = static_cast<double>(expectation.memories);
    const auto exactly = [&](const QString &id, const QString &path, const QString &proves) {
        const Number number = report.count(path);
        Check &check = list.compare(
            id, QString(), proves, QString::number(expectation.memories), number, number.value == expected,
            QStringLiteral("%1 is %2, not %3").arg(path, number.text).arg(expectation.memories));
        check.n = expectation.memories;
    };
    for (const auto &[key, what] :
         {std::pair{QStringLiteral("forward"), QStringLiteral("SQLite to PostgreSQL")},
          std::pair{QStringLiteral("idempotent"), QStringLiteral("The second migration")},
          std::pair{QStringLiteral("reverse"), QStringLiteral("PostgreSQL to SQLite")}}) {
        const QString base = QStringLiteral("report_") + key;
        const QString errorPath = QStringLiteral("error_") + key;
        if (const QString error = report.text(errorPath); !error.isEmpty()) {
            Check &ran =
                list.add(QStringLiteral("phase3.%1.ran").arg(key), QString(),
                         QStringLiteral("%1 runs to its end.").arg(what), QStringLiteral("a report"));
            ran.source = report.rangeOf(errorPath);
            Checks::unknown(ran, Check::Flaw::Invalid, QStringLiteral("no report"),
                            QStringLiteral("%1 left no report: %2").arg(what, clipped(error)));
        }
        exactly(QStringLiteral("phase3.%1.read").arg(key), base + QStringLiteral(".memories_read"),
                QStringLiteral("%1 reads every memory.").arg(what));
        exactly(QStringLiteral("phase3.%1.written").arg(key), base + QStringLiteral(".memories_written"),
                QStringLiteral("%1 writes every memory.").arg(what));
        Check &check = list.add(QStringLiteral("phase3.%1.errors").arg(key), QString(),
                                QStringLiteral("%1 meets no error.").arg(what), QStringLiteral("0"));
        const QJsonValue errors = report.value(base + QStringLiteral(".errors"));
        check.source = report.rangeOf(base + QStringLiteral(".errors"));
        const QString count = QString::number(errors.toArray().size());
        if (!errors.isArray())
            Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("not there"),
                            QStringLiteral("%1 does not list its errors").arg(base));
        else if (errors.toArray().isEmpty())
            Checks::pass(check, count);
        else
            Checks::fail(check, count, QStringLiteral("%1 reports %2 errors").arg(base, count));
        judgeRun(report, base, key, key == QLatin1String("reverse"), list);
    }
    exactly(QStringLiteral("phase3.source"), QStringLiteral("src_count"),
            QStringLiteral("The source holds what was seeded."));
    exactly(QStringLiteral("phase3.destination"), QStringLiteral("dst_count"),
            QStringLiteral("The round trip ends with as many as it began with."));
    if (report.count(QStringLiteral("roundtrip_equal")).present) {
        exactly(QStringLiteral("phase3.equal"), QStringLiteral("roundtrip_equal"),
                QStringLiteral("Every memory comes back as it went."));
    } else if (expectation.byIdentity) {
        Check &check = list.add(QStringLiteral("phase3.equal"), QString(),
                                QStringLiteral("Every memory comes back as it went."),
                                QString::number(expectation.memories));
        check.source = {report.name(), 0, report.bytes().size()};
        Checks::unknown(check, Check::Flaw::Missing, QStringLiteral("not there"),
                        QStringLiteral("memories were counted after the round trip, not compared"));
    }
    list.claim(report, QString(), first);
}

} // namespace slipway::rules
