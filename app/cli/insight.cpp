// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/insightediting.h"
#include "app/cli/kepttext.h"
#include "app/cli/publishing.h"
#include "app/cli/tables.h"
#include "app/core/inputfile.h"
#include "app/core/paths.h"
#include "app/session/campaignqueries.h"
#include "app/session/insights.h"
#include "app/session/session.h"
#include "models/insight/insightentry.h"
#include "models/insight/lint.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace slipway::cli {

namespace {

constexpr qint64 kMaxBytes = 1024LL * 1024; // of a text

void printInsight(const Insight &insight) {
    for (const InsightField &field : insightFields()) {
        const QString text = (insight.*field.text).trimmed();
        if (!text.isEmpty())
            print(lineText(QString::fromLatin1(field.title)) + lineText(QStringLiteral("  ") + text) + "\n");
    }
    for (const InsightBug &bug : insight.bugs) {
        print(lineText(QStringLiteral("Bug: ") + bug.title) +
              lineText(QStringLiteral("  Impact: ") + bug.impact) +
              lineText(QStringLiteral("  Root cause: ") + bug.rootCause));
        for (const InsightLink &link : bug.fixedIn)
            print(lineText(QStringLiteral("  Fixed in: %1 %2").arg(link.label, link.url)));
        print("\n");
    }
    const QStringList missing = missingAudiences(insight);
    print(
        missing.isEmpty()
            ? TerminalText("Complete: it speaks to all three audiences.\n")
            : lineText(QStringLiteral("Not complete. Missing: %1.").arg(missing.join(QStringLiteral("; ")))));
}

ExitCode show(const QByteArray &entry, const QString &id, bool json) {
    if (entry.isEmpty())
        return fail(
            QStringLiteral("Nothing is written about %1 yet; slipwayctl insight %1 edit begins.").arg(id),
            ExitCode::NotDone);
    const auto insight = readInsight(entry);
    if (!insight)
        return fail(insight.error(), ExitCode::NotDone);
    if (json) {
        const QJsonObject object{
            {QStringLiteral("campaign"), id},
            {QStringLiteral("complete"), missingAudiences(*insight).isEmpty()},
            {QStringLiteral("missing"), QJsonArray::fromStringList(missingAudiences(*insight))},
            {QStringLiteral("insight"), QJsonDocument::fromJson(entry).object()}};
        print(jsonText(QJsonDocument(object)));
        return ExitCode::Done;
    }
    printInsight(*insight);
    return ExitCode::Done;
}

ExitCode printFindings(const QList<InsightFinding> &findings, bool json) {
    if (json) {
        QJsonArray array;
        for (const InsightFinding &finding : findings)
            array.append(
                QJsonObject{{QStringLiteral("schema"), schemaText(QStringLiteral("insight-findings/1"))},
                            {QStringLiteral("field"), finding.field},
                            {QStringLiteral("text"), finding.text}});
        print(jsonText(QJsonDocument(array)));
    } else {
        for (const InsightFinding &finding : findings)
            print(lineText(QStringLiteral("%1: %2").arg(finding.field, finding.text)));
        if (findings.isEmpty())
            print("Every number is in the evidence, and it is complete.\n");
    }
    return findings.isEmpty() ? ExitCode::Done : ExitCode::No;
}

// Reads the campaign and what is written about it, and exits with what `then` returns; nothing: that exits
// itself.
using Then = std::function<std::optional<ExitCode>(Insights &, const CampaignRecord &, const QByteArray &)>;

using Opening = ExitCode (*)(const Context &, const std::function<void(Session &)> &);

ExitCode withInsight(Opening opening, const Context &context, const QString &id, const Then &then) {
    return opening(context, [&](Session &session) {
        session.queries().load(
            id, [&insights = session.insights(), id, then](const Result<CampaignRecord> &record) {
                if (!record) {
                    exitWith(fail(record.error(), ExitCode::NotDone));
                    return;
                }
                insights.load(id, [&insights, then, record](const Result<QByteArray> &entry) {
                    const std::optional<ExitCode> code =
                        entry ? then(insights, *record, *entry) : fail(entry.error(), ExitCode::NotDone);
                    if (code)
                        exitWith(*code);
                });
            });
    });
}

// What a person wrote: where it is kept until it is stored, and whether that file is ours.
struct Written {
    QByteArray typed;
    QString place;
    std::optional<KeptText> kept;
};

QString draftName(const QString &id, const QString &field) {
    return QStringLiteral("insight-") + id + (field.isEmpty() ? QString() : QLatin1Char('-') + field);
}

QString draftSuffix(const QString &field) {
    return insightField(field) ? QStringLiteral(".txt") : QStringLiteral(".json");
}

ExitCode failKept(const Error &error, const Written &written) {
    return fail(
        lineText(error.text) +
            lineText(QStringLiteral("Nothing was changed. What was written is kept in ") + written.place),
        ExitCode::NotDone);
}

// What came through a pipe is nowhere else: where no file can keep it, it is printed again.
ExitCode printTyped(const QByteArray &typed) {
    fail(QStringLiteral("Nothing was changed. What was written follows on standard output."),
         ExitCode::NotDone);
    for (const QString &line : QString::fromUtf8(typed).split(QLatin1Char('\n')))
        print(lineText(line));
    return ExitCode::NotDone;
}

// Stores what was typed for a field, or for the whole entry; exits with what came of it.
std::optional<ExitCode> store(Insights &insights, const QString &id, const QString &field,
                              const QByteArray &entry, const Written &written) {
    const auto changed = withInsightField(entry, field, written.typed);
    if (!changed)
        return failKept(changed.error(), written);
    if (*changed == entry) {
        if (written.kept)
            written.kept->discard();
        print("Nothing changed.\n");
        return ExitCode::Done;
    }
    insights.save(id, entry, *changed, [written](const Result<QByteArray> &saved) {
        if (saved && written.kept)
            written.kept->discard();
        exitWith(saved ? ExitCode::Done : failKept(saved.error(), written));
    });
    return std::nullopt;
}

ExitCode set(const Context &context, const QString &id, const QString &field, const QByteArray &typed,
             const QString &file) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    bool isTaken = false;
    const ExitCode code = withInsight(withSession, context, id,
                                      [=, &isTaken](Insights &insights, const CampaignRecord &,
                                                    const QByteArray &entry) -> std::optional<ExitCode> {
                                          isTaken = true;
                                          Written written{typed, file, std::nullopt};
                                          if (file.isEmpty() || file == QLatin1String("-")) {
                                              const auto kept = KeptText::make(*paths, draftName(id, field),
                                                                               draftSuffix(field), typed);
                                              if (!kept) {
                                                  fail(kept.error(), ExitCode::NotDone);
                                                  return printTyped(typed);
                                              }
                                              written.kept = *kept;
                                              written.place = kept->path();
                                          }
                                          return store(insights, id, field, entry, written);
                                      });
    return isTaken || file != QLatin1String("-") ? code : printTyped(typed);
}

ExitCode edit(const Context &context, const QString &id, const QString &field) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    return withInsight(
        withSession, context, id,
        [=](Insights &insights, const CampaignRecord &, const QByteArray &entry) -> std::optional<ExitCode> {
            const QString name = draftName(id, field);
            for (const QString &earlier : KeptText::earlier(*paths, name))
                printNote(QStringLiteral("A text that was not stored is in %1").arg(earlier));
            const auto shown = shownInsight(entry, field);
            if (!shown)
                return fail(shown.error(), ExitCode::NotDone);
            const auto kept = KeptText::make(*paths, name, draftSuffix(field), *shown);
            if (!kept)
                return fail(kept.error(), ExitCode::NotDone);
            const auto typed = editedFile(kept->path());
            if (!typed) {
                if (const auto left = readInput(kept->path(), shown->size()); left && *left == *shown) {
                    kept->discard();
                    return fail(typed.error(), ExitCode::NotDone);
                }
                return failKept(typed.error(), {{}, kept->path(), kept.value()});
            }
            if (*typed == *shown) {
                kept->discard();
                print("Nothing changed.\n");
                return ExitCode::Done;
            }
            return store(insights, id, field, entry, {*typed, kept->path(), kept.value()});
        });
}

} // namespace

ExitCode insight(const Context &context, const QCommandLineParser &parser) {
    QStringList words = parser.positionalArguments();
    const QString id = words.takeFirst();
    const QString what = words.isEmpty() ? QStringLiteral("show") : words.takeFirst();
    const bool json = parser.isSet(QStringLiteral("json"));
    if (json &&
        (what == QLatin1String("set") || what == QLatin1String("clear") || what == QLatin1String("edit")))
        return failUsage(context, QStringLiteral("--json is for show, lint and export"));
    if (what == QLatin1String("show") && words.isEmpty())
        return withInsight(lookWithSession, context, id,
                           [=](Insights &, const CampaignRecord &, const QByteArray &entry) {
                               return show(entry, id, json);
                           });
    if (what == QLatin1String("lint") && words.isEmpty())
        return withInsight(
            lookWithSession, context, id, [=](Insights &, const CampaignRecord &record, const QByteArray &) {
                return printFindings(insightFindings(record.insight.value_or(Insight()),
                                                     EvidenceNumbers(record.files, record.judgement),
                                                     record.summary.state != RunState::Running),
                                     json);
            });
    if (what == QLatin1String("export") && words.isEmpty()) {
        PagesRequest request;
        if (const QString problem = takePublishOptions(parser, request); !problem.isEmpty())
            return failUsage(context, problem);
        request.insights = {id};
        return publishAndExit(context, parser, request);
    }
    if (what == QLatin1String("edit") && words.size() <= 1) {
        const QString field = words.value(0);
        if (!field.isEmpty() && !isInsightField(field))
            return failUsage(context, QStringLiteral("there is no field \"%1\"").arg(field));
        return edit(context, id, field);
    }
    if (what == QLatin1String("clear") && words.size() == 1 && isInsightField(words.constFirst())) {
        const QString field = words.constFirst();
        return set(context, id, field, insightField(field) ? QByteArray() : QByteArray("[]"), {});
    }
    if (what == QLatin1String("set") && !words.isEmpty()) {
        const QString field = words.takeFirst();
        const QString file = parser.value(QStringLiteral("from"));
        if (!isInsightField(field))
            return failUsage(context, QStringLiteral("there is no field \"%1\"").arg(field));
        if (words.size() + (file.isEmpty() ? 0 : 1) != 1)
            return failUsage(context, QStringLiteral("give the TEXT, or --from FILE"));
        const auto bytes =
            file.isEmpty() ? Result<QByteArray>(words.constFirst().toUtf8()) : readInput(file, kMaxBytes);
        if (!bytes)
            return fail(bytes.error(), ExitCode::NotDone);
        if (bytes->trimmed().isEmpty())
            return fail(QStringLiteral("There is no text in what was given; nothing was changed. slipwayctl "
                                       "insight %1 clear %2 takes a text away.")
                            .arg(id, field),
                        ExitCode::NotDone);
        return set(context, id, field, *bytes, file);
    }
    return failUsage(context, QStringLiteral("\"%1\" is not understood").arg(what));
}

} // namespace slipway::cli
