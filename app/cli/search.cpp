// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/tables.h"
#include "app/session/campaignqueries.h"
#include "app/session/session.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

constexpr qsizetype kShown = 120;

void printHits(const QList<SearchHit> &hits, bool json) {
    QJsonArray array;
    QList<QStringList> rows{{QStringLiteral("CAMPAIGN"), QStringLiteral("KIND"), QStringLiteral("PLACE"),
                             QStringLiteral("TEXT")}};
    for (const SearchHit &hit : hits) {
        array.append(QJsonObject{{QStringLiteral("id"), hit.campaign},
                                 {QStringLiteral("kind"), hit.kind},
                                 {QStringLiteral("place"), hit.place},
                                 {QStringLiteral("text"), hit.text}});
        rows.append({hit.campaign, hit.kind, hit.place, hit.text.left(kShown)});
    }
    print(json ? jsonText(QJsonDocument(array)) : tableText(rows));
}

} // namespace

ExitCode search(const Context &context, const QCommandLineParser &parser) {
    const QString words = parser.positionalArguments().join(QLatin1Char(' '));
    return lookWithSession(context, [words, json = parser.isSet(QStringLiteral("json"))](Session &session) {
        session.queries().search(words, [words, json](const Result<QList<SearchHit>> &hits) {
            if (!hits) {
                exitWith(fail(hits.error(), ExitCode::NotDone));
                return;
            }
            if (!hits->isEmpty() || json)
                printHits(*hits, json);
            exitWith(!hits->isEmpty() ? ExitCode::Done
                     : json           ? ExitCode::No
                            : fail(QStringLiteral("Nothing was found for \"%1\".").arg(words), ExitCode::No));
        });
    });
}

} // namespace slipway::cli
