// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/tables.h"
#include "app/session/campaignchanges.h"
#include "app/session/campaignqueries.h"
#include "app/session/session.h"
#include "models/campaign/campaignentry.h"
#include "models/core/countof.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <algorithm>

namespace slipway::cli {

namespace {

struct Change {
    std::optional<FailureClass> failureClass;
    bool clearsClass = false;
    std::optional<QString> owner;
    std::optional<QString> note;
    std::optional<QString> link;
    bool alike = false;
    bool undo = false;
    QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);

    [[nodiscard]] bool changes() const { return failureClass || clearsClass || owner || note || link; }
    [[nodiscard]] Triage applied(Triage triage) const {
        triage.at = {};
        triage.change = id;
        triage.undoes.clear();
        if (failureClass || clearsClass)
            triage.failureClass = failureClass;
        triage.owner = owner.value_or(triage.owner);
        triage.note = note.value_or(triage.note);
        triage.link = link.value_or(triage.link);
        return triage;
    }
};

QString alikeText(const QStringList &ids) {
    constexpr qsizetype kNamed = 20;
    const QString named = ids.mid(0, kNamed).join(QStringLiteral(", "));
    return ids.size() <= kNamed
               ? named
               : QStringLiteral("%1 and %2 more; --json names all").arg(named).arg(ids.size() - kNamed);
}

void printTriage(const QList<CampaignEntry> &entries, const QString &id, bool json) {
    const auto entry = std::find_if(entries.begin(), entries.end(),
                                    [&](const CampaignEntry &e) { return e.summary.id == id; });
    const QStringList alike = alikeIds(entries, id);
    const Triage triage = entry->summary.triage;
    if (json) {
        QJsonObject object = summaryToJson(entry->summary);
        object.insert(QStringLiteral("signature"), entry->signature);
        object.insert(QStringLiteral("red_since"), entry->redSince);
        object.insert(QStringLiteral("red_runs"), entry->redRuns);
        object.insert(QStringLiteral("same_signature"), QJsonArray::fromStringList(alike.mid(1)));
        print(jsonText(QJsonDocument(object)));
        return;
    }
    const auto or_ = [](const QString &text) { return text.isEmpty() ? QStringLiteral("-") : text; };
    QList<QStringList> rows{{QStringLiteral("class"), triage.failureClass
                                                          ? failureClassName(*triage.failureClass)
                                                          : QStringLiteral("-")},
                            {QStringLiteral("owner"), or_(triage.owner)},
                            {QStringLiteral("link"), or_(triage.link)},
                            {QStringLiteral("note"), or_(triage.note)},
                            {QStringLiteral("signature"), or_(entry->signature)}};
    if (entry->needsLook())
        rows.append({QStringLiteral("red since"),
                     QStringLiteral("%1 (%2)").arg(entry->redSince, countOf(entry->redRuns, "run"))});
    if (alike.size() > 1)
        rows.append({QStringLiteral("same signature"), alikeText(alike.mid(1))});
    print(lineText(QStringLiteral("%1: %2").arg(id, verdictAndClaimText(entry->summary))) + tableText(rows));
}

using Entries = Result<QList<CampaignEntry>>;

void listThen(const CampaignQueries &queries, const QString &id,
              const std::function<void(const QList<CampaignEntry> &)> &then) {
    queries.listEntries([id, then](const Entries &entries) {
        if (!entries) {
            exitWith(fail(entries.error(), ExitCode::NotDone));
            return;
        }
        const bool known = std::any_of(entries->begin(), entries->end(),
                                       [&](const CampaignEntry &e) { return e.summary.id == id; });
        if (known)
            then(*entries);
        else
            exitWith(fail(noSuchCampaign(id).text, ExitCode::NotDone));
    });
}

void show(const CampaignQueries &queries, const QString &id, bool json) {
    listThen(queries, id, [id, json](const QList<CampaignEntry> &entries) {
        printTriage(entries, id, json);
        exitWith(ExitCode::Done);
    });
}

void undo(const CampaignQueries &queries, CampaignChanges &changes, const QString &id, bool everywhere,
          bool json) {
    listThen(queries, id, [&queries, &changes, id, everywhere, json](const QList<CampaignEntry> &entries) {
        const auto entry = std::find_if(entries.begin(), entries.end(),
                                        [&](const CampaignEntry &e) { return e.summary.id == id; });
        const QString change = entry->summary.triage.change;
        if (change.isEmpty()) {
            exitWith(fail(QStringLiteral("%1 has no triage to undo.").arg(id), ExitCode::NotDone));
            return;
        }
        const auto done = [&queries, id, json](const Result<TriageUndo> &undone) {
            if (!undone) {
                exitWith(fail(undone.error(), ExitCode::NotDone));
                return;
            }
            for (const QString &left : undone->left)
                printNote(QStringLiteral("%1 was changed after that and is left as it is.").arg(left));
            show(queries, id, json);
        };
        changes.undoTriage(change, everywhere ? QStringList() : QStringList{id}, done);
    });
}

void store(const CampaignQueries &queries, CampaignChanges &changes, const QString &id, const Change &change,
           bool json) {
    listThen(queries, id, [&queries, &changes, id, change, json](const QList<CampaignEntry> &entries) {
        const QStringList ids = change.alike ? alikeIds(entries, id) : QStringList{id};
        const auto done = [&queries, id, json](const Result<void> &stored) {
            if (stored)
                show(queries, id, json);
            else
                exitWith(fail(stored.error(), ExitCode::NotDone));
        };
        QMap<QString, Triage> triages;
        for (const CampaignEntry &entry : entries) {
            if (ids.contains(entry.summary.id))
                triages.insert(entry.summary.id, change.applied(entry.summary.triage));
        }
        changes.saveTriage(triages, done);
    });
}

} // namespace

ExitCode triage(const Context &context, const QCommandLineParser &parser) {
    const auto value = [&parser](const QString &name) {
        return parser.isSet(name) ? std::optional(parser.value(name)) : std::nullopt;
    };
    Change change;
    if (const auto name = value(QStringLiteral("class"))) {
        change.failureClass = failureClassFromName(*name);
        change.clearsClass = name->isEmpty();
        if (!change.failureClass && !change.clearsClass)
            return failUsage(
                context, QStringLiteral("--class is product, harness or infrastructure, not %1").arg(*name));
    }
    change.owner = value(QStringLiteral("owner"));
    change.note = value(QStringLiteral("note"));
    change.link = value(QStringLiteral("link"));
    if (const auto checked = checkTriage(change.applied({})); !checked)
        return failUsage(context, checked.error().text.chopped(1));
    change.alike = parser.isSet(QStringLiteral("same-signature"));
    change.undo = parser.isSet(QStringLiteral("undo"));
    if (change.undo &&
        (change.failureClass || change.clearsClass || change.owner || change.note || change.link))
        return failUsage(context, QStringLiteral("--undo stands alone or with --same-signature"));
    const QString id = parser.positionalArguments().constFirst();
    const bool json = parser.isSet(QStringLiteral("json"));
    if (!change.undo && !change.changes())
        return lookWithSession(context, [=](Session &session) { show(session.queries(), id, json); });
    return withSession(context, [=](Session &session) {
        if (change.undo)
            undo(session.queries(), session.changes(), id, change.alike, json);
        else
            store(session.queries(), session.changes(), id, change, json);
    });
}

} // namespace slipway::cli
