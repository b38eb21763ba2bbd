// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules.h"

#include <QJsonArray>

namespace slipway::rules {

void judgeMigration(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks) {
    Checks list(checks, 3);
    const Report report(files, QStringLiteral("phase3.json"));
    if (!list.readable(report, QString()))
        return;
    const qsizetype first = list.size();
    const auto wanted = static_cast<double>(expectation.memories);
    const auto exactly = [&](const QString &id, const QString &path, const QString &proves) {
        const Number number = report.number(path);
        Check &check = list.compare(
            id, QString(), proves, QString::number(expectation.memories), number, number.value == wanted,
            QStringLiteral("%1 is %2, not %3").arg(path, number.text).arg(expectation.memories));
        check.n = expectation.memories;
    };
    for (const auto &[key, what] :
         {std::pair{QStringLiteral("forward"), QStringLiteral("SQLite to PostgreSQL")},
          std::pair{QStringLiteral("idempotent"), QStringLiteral("The second migration")},
          std::pair{QStringLiteral("reverse"), QStringLiteral("PostgreSQL to SQLite")}}) {
        const QString base = QStringLiteral("report_") + key;
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
    }
    exactly(QStringLiteral("phase3.source"), QStringLiteral("src_count"),
            QStringLiteral("The source holds what was seeded."));
    exactly(QStringLiteral("phase3.destination"), QStringLiteral("dst_count"),
            QStringLiteral("The round trip ends with as many as it began with."));
    if (report.number(QStringLiteral("roundtrip_equal")).present)
        exactly(QStringLiteral("phase3.equal"), QStringLiteral("roundtrip_equal"),
                QStringLiteral("Every memory comes back as it went."));
    list.claim(report, QString(), first);
}

} // namespace slipway::rules
