// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/tables.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

constexpr int kNoHit = 1;
constexpr qsizetype kShown = 120;

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] search WORD … [--json]\n\n"
    "Finds the campaigns whose reasons, logs' warnings and errors, or insights have all the words,\n"
    "each as a whole or as a part of a longer one. The best 100 hits, the best first.\n"
    "Exit code: 0, 1 when nothing was found.\n";

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

int search(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), {}});
    if (const auto code = parse(parser, QStringLiteral("search"), arguments, kHelp, 1, arguments.size()))
        return *code;
    const QString words = parser.positionalArguments().join(QLatin1Char(' '));
    return lookWithServices(
        context, [words, json = parser.isSet(QStringLiteral("json"))](Services &services) {
            services.search(words, [words, json](const Result<QList<SearchHit>> &hits) {
                if (!hits) {
                    QCoreApplication::exit(fail(hits.error().text, kNothing));
                    return;
                }
                if (!hits->isEmpty() || json)
                    printHits(*hits, json);
                QCoreApplication::exit(
                    !hits->isEmpty() ? 0
                    : json           ? kNoHit
                           : fail(QStringLiteral("Nothing was found for \"%1\".").arg(words), kNoHit));
            });
        });
}

} // namespace slipway::cli
