// SPDX-License-Identifier: GPL-3.0-or-later
// slipway-bench-campaigns FOLDER COUNT CYCLES: published folders as a Pages repo's runs/ has them, each with
// other times, every tenth with a phase 2 that lost writes.
#include "models/core/instant.h"
#include "tests/models/evidence/goodevidence.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <cstdio>

using namespace slipway;

namespace {

bool write(const QString &folder, const QList<EvidenceFile> &files) {
    for (const EvidenceFile &file : files) {
        QFile out(folder + QLatin1Char('/') + file.name);
        if (!out.open(QIODevice::WriteOnly) || out.write(file.bytes) != file.bytes.size())
            return false;
    }
    return true;
}

} // namespace

int main(int argc, char *argv[]) {
    if (argc != 4) {
        std::fputs("slipway-bench-campaigns FOLDER COUNT CYCLES\n", stderr);
        return 2;
    }
    const QString root = QString::fromLocal8Bit(argv[1]);
    const int count = QByteArray(argv[2]).toInt();
    const int cycles = QByteArray(argv[3]).toInt();
    for (int number = 1; number <= count; ++number) {
        auto files = test::goodEvidence({cycles, 100, 80, number});
        const QString id = QStringLiteral("soak-v1.%1-r%2").arg(number / 1000).arg(number % 1000);
        test::changeJson(files, QStringLiteral("campaign-summary.json"), [&](QJsonObject &summary) {
            summary.insert(QStringLiteral("campaign_id"), id);
            summary.insert(QStringLiteral("overall_pass"), number % 10 != 0);
            summary.insert(QStringLiteral("completed_at"),
                           utcOfSeconds(1'700'000'000 + 600LL * number).toString(Qt::ISODate));
        });
        if (number % 10 == 0)
            test::changeJson(files, QStringLiteral("phase2.json"), [&](QJsonObject &report) {
                report.insert(QStringLiteral("pass"), false);
                report.insert(QStringLiteral("acked_held"),
                              QJsonObject{{QStringLiteral("a"), 200},
                                          {QStringLiteral("b"), 100 + number % 77},
                                          {QStringLiteral("c"), 200}});
            });
        if (!QDir().mkpath(root + QLatin1Char('/') + id) || !write(root + QLatin1Char('/') + id, files)) {
            std::fprintf(stderr, "%s cannot be written\n", qPrintable(id));
            return 1;
        }
    }
    return 0;
}
