// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/tables.h"
#include "models/campaign/campaignentry.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <algorithm>

namespace slipway::cli {

namespace {

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] triage ID [--class product|harness|infrastructure] [--owner NAME]\n"
    "    [--note TEXT] [--link URL] [--same-signature] [--undo] [--json]\n\n"
    "Notes what people found out about a campaign that needs a look; what is not given stays as it is, and "
    "an\n"
    "empty value takes it away. Without any of them: shows what is noted, and which campaigns failed the "
    "same\n"
    "way. --same-signature notes it for all of those as well. --undo takes the last change of ID back; with\n"
    "--same-signature wherever that change was made, and names the campaigns that were changed after it and "
    "are\n"
    "left as they are. Nothing is overwritten: every change is kept in the archive.\n"
    "Exit code: 0, or 4 when there is no such campaign.\n";

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
                     QStringLiteral("%1 (%2 runs)").arg(entry->redSince).arg(entry->redRuns)});
    if (alike.size() > 1)
        rows.append({QStringLiteral("same signature"), alikeText(alike.mid(1))});
    print(lineText(QStringLiteral("%1: %2").arg(id, verdictAndClaimText(entry->summary))) + tableText(rows));
}

using Entries = Result<QList<CampaignEntry>>;

void listThen(Services &services, const QString &id,
              const std::function<void(const QList<CampaignEntry> &)> &then) {
    services.listEntries([id, then](const Entries &entries) {
        if (!entries) {
            QCoreApplication::exit(fail(entries.error().text, kNothing));
            return;
        }
        const bool known = std::any_of(entries->begin(), entries->end(),
                                       [&](const CampaignEntry &e) { return e.summary.id == id; });
        if (known)
            then(*entries);
        else
            QCoreApplication::exit(fail(noSuchCampaign(id).text, kNothing));
    });
}

void show(Services &services, const QString &id, bool json) {
    listThen(services, id, [id, json](const QList<CampaignEntry> &entries) {
        printTriage(entries, id, json);
        QCoreApplication::exit(0);
    });
}

void undo(Services &services, const QString &id, bool everywhere, bool json) {
    listThen(services, id, [&services, id, everywhere, json](const QList<CampaignEntry> &entries) {
        const auto entry = std::find_if(entries.begin(), entries.end(),
                                        [&](const CampaignEntry &e) { return e.summary.id == id; });
        const QString change = entry->summary.triage.change;
        if (change.isEmpty()) {
            QCoreApplication::exit(fail(QStringLiteral("%1 has no triage to undo.").arg(id), kNothing));
            return;
        }
        const auto done = [&services, id, json](const Result<TriageUndo> &undone) {
            if (!undone) {
                QCoreApplication::exit(fail(undone.error().text, kNothing));
                return;
            }
            for (const QString &left : undone->left)
                fail(QStringLiteral("%1 was changed after that and is left as it is.").arg(left), 0);
            show(services, id, json);
        };
        services.undoTriage(change, everywhere ? QStringList() : QStringList{id}, done);
    });
}

void store(Services &services, const QString &id, const Change &change, bool json) {
    listThen(services, id, [&services, id, change, json](const QList<CampaignEntry> &entries) {
        const QStringList ids = change.alike ? alikeIds(entries, id) : QStringList{id};
        const auto done = [&services, id, json](const Result<void> &stored) {
            if (stored)
                show(services, id, json);
            else
                QCoreApplication::exit(fail(stored.error().text, kNothing));
        };
        QMap<QString, Triage> triages;
        for (const CampaignEntry &entry : entries) {
            if (ids.contains(entry.summary.id))
                triages.insert(entry.summary.id, change.applied(entry.summary.triage));
        }
        services.saveTriage(triages, done);
    });
}

} // namespace

int triage(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    const auto value = [&parser](const QString &name) {
        return parser.isSet(name) ? std::optional(parser.value(name)) : std::nullopt;
    };
    for (const char *name : {"class", "owner", "note", "link"})
        parser.addOption({QString::fromLatin1(name), {}, QStringLiteral("value")});
    for (const char *name : {"same-signature", "undo", "json"})
        parser.addOption({QString::fromLatin1(name), {}});
    if (const auto code = parse(parser, QStringLiteral("triage"), arguments, kHelp, 1, 1,
                                {QStringLiteral("class"), QStringLiteral("owner"), QStringLiteral("note"),
                                 QStringLiteral("link")}))
        return *code;
    Change change;
    if (const auto name = value(QStringLiteral("class"))) {
        change.failureClass = failureClassFromName(*name);
        change.clearsClass = name->isEmpty();
        if (!change.failureClass && !change.clearsClass)
            return failUsage(
                QStringLiteral("triage"),
                QStringLiteral("--class is product, harness or infrastructure, not %1").arg(*name));
    }
    change.owner = value(QStringLiteral("owner"));
    change.note = value(QStringLiteral("note"));
    change.link = value(QStringLiteral("link"));
    if (const auto checked = checkTriage(change.applied({})); !checked)
        return failUsage(QStringLiteral("triage"), checked.error().text.chopped(1));
    change.alike = parser.isSet(QStringLiteral("same-signature"));
    change.undo = parser.isSet(QStringLiteral("undo"));
    if (change.undo &&
        (change.failureClass || change.clearsClass || change.owner || change.note || change.link))
        return failUsage(QStringLiteral("triage"),
                         QStringLiteral("--undo stands alone or with --same-signature"));
    const QString id = parser.positionalArguments().constFirst();
    const bool json = parser.isSet(QStringLiteral("json"));
    if (!change.undo && !change.changes())
        return lookWithServices(context, [=](Services &services) { show(services, id, json); });
    return withServices(context, [=](Services &services) {
        if (change.undo)
            undo(services, id, change.alike, json);
        else
            store(services, id, change, json);
    });
}

} // namespace slipway::cli
