// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/selfdescription.h"

#include "app/cli/asking.h"
#include "app/commandline/commandparser.h"
#include "app/commandline/completer.h"
#include "app/commandline/completionscripts.h"
#include "app/commandline/helptext.h"
#include "app/commandline/manpage.h"
#include "app/commandline/windowcommand.h"
#include "app/core/paths.h"
#include "app/core/version.h"
#include "app/fleet/fleetstore.h"
#include "app/session/campaignqueries.h"
#include "app/session/fleetsource.h"
#include "app/session/session.h"
#include "models/fleet/fleetfields.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <span>

namespace slipway::cli {

namespace {

const QString kThisProgram = QStringLiteral("slipwayctl");
const QString kFleetFile = QStringLiteral("slipway-fleet");
const QString kWindowProgram = QStringLiteral("slipway");

TerminalText textOf(const QStringList &lines) {
    TerminalText text;
    for (const QString &line : lines)
        text += lineText(line);
    return text;
}

FilePage::Section fieldsAs(const char *title, std::span<const FleetField> fields) {
    FilePage::Section section{QString::fromLatin1(title), {}};
    for (const FleetField &field : fields)
        section.terms.append(
            {QString::fromLatin1(field.name),
             (field.isRequired ? QStringLiteral("Required. ") : QString()) + QString::fromUtf8(field.help)});
    return section;
}

FilePage fleetFilePage() {
    return {kFleetFile,
            QStringLiteral("hosts on which campaigns run"),
            QStringLiteral(
                "A fleet file is JSON in UTF-8: one object with the fields of a fleet. A field that is not "
                "named here is refused, since it may be a misspelt one. slipwayctl reads it wherever "
                "--fleet takes a FILE, keeps it under a name by fleet import, and prints it by fleet show "
                "--json. Its JSON Schema is printed by slipwayctl help json fleet."),
            {fieldsAs("FIELDS OF A FLEET", kFleetFields), fieldsAs("FIELDS OF A HOST", kHostFields)},
            QString::fromUtf8(kFleetExample)};
}

ExitCode printManPage(const Context &context, const QString &program) {
    ManHead head{program, QStringLiteral(SLIPWAY_VERSION), versionDate(), kWindowProgram};
    if (program == kWindowProgram || program == kFleetFile)
        head.seeAlso = kThisProgram;
    else if (program != kThisProgram)
        return failUsage(
            context,
            QStringLiteral("--man is for slipway, slipwayctl or slipway-fleet, not %1").arg(program));
    if (program == kFleetFile) {
        print(textOf(manPage(head, fleetFilePage()).trimmed().split(QLatin1Char('\n'))));
        return ExitCode::Done;
    }
    const CommandSpec &root = program == kWindowProgram ? kWindowCommand : *context.program;
    print(textOf(manPage(head, root).trimmed().split(QLatin1Char('\n'))));
    return ExitCode::Done;
}

void addDocuments(const CommandSpec &command, QList<QPair<QString, QString>> &rows) {
    for (const CommandSpec *child : command.children)
        addDocuments(*child, rows);
    const bool hasJson =
        std::any_of(command.options.begin(), command.options.end(),
                    [](const OptionSpec &option) { return qstrcmp(option.name, "json") == 0; });
    if (hasJson)
        rows.append({QString::fromUtf8(command.name), QString::fromUtf8(command.documents)});
}

// Which documents the commands print with --json.
ExitCode printDocuments(const CommandSpec &program) {
    QList<QPair<QString, QString>> rows;
    addDocuments(program, rows);
    rows.append({QStringLiteral("what fails"), QStringLiteral("error/1")});
    print(lineText(QStringLiteral(
              "With --json a command prints one document. Its member \"schema\" says which:")) +
          lineText(QStringLiteral(
              "\"slipway-campaign/1\" is number 1 of \"campaign\". \"help json campaign\" prints")) +
          lineText(
              QStringLiteral("the JSON Schema; the packages install all of them in share/slipway/schemas.")) +
          "\n" + textOf(termLines(rows)));
    return ExitCode::Done;
}

ExitCode printSchema(const QString &document) {
    const QString name = document.section(QLatin1Char('/'), 0, 0);
    const QDir schemas(QStringLiteral(":/slipway/schemas"));
    QFile file(schemas.filePath(name + QStringLiteral(".json")));
    if (!schemas.entryList(QDir::Files).contains(name + QStringLiteral(".json")) ||
        !file.open(QIODevice::ReadOnly))
        return fail(QStringLiteral("There is no document %1; slipwayctl help json names them.").arg(document),
                    ExitCode::NotDone);
    print(fileText(file.readAll().trimmed()));
    return ExitCode::Done;
}

// The names of campaigns, fleets or hosts. Where they cannot be read, there are none: a shell at its prompt
// has nobody to report to.
QStringList namesFor(const Context &context, const NameQuery &query) {
    QStringList names;
    const auto paths = dataPaths(query.dataDir.isEmpty() ? context.dataDir : query.dataDir);
    if (!paths)
        return names;
    if (query.kind == Completion::Host) {
        const auto fleet = lookUpFleet(query.fleet, *paths);
        for (const Host &host : fleet ? fleet->hosts : QList<Host>())
            names << host.name;
        return names;
    }
    if (query.kind == Completion::Fleet) {
        for (const StoredFleet &fleet : FleetStore(*paths).list())
            names << fleet.name;
        return names << QStringLiteral("sandbox");
    }
    const auto session = Session::openToLook(*paths);
    if (!session)
        return names;
    (*session)->queries().list([&names](const Result<QList<CampaignSummary>> &campaigns) {
        for (const CampaignSummary &campaign : campaigns ? *campaigns : QList<CampaignSummary>())
            names << campaign.id;
        exitWith(ExitCode::Done);
    });
    QCoreApplication::exec();
    return names;
}

} // namespace

// The topics of the guide, which travel in the program.
QStringList guideTopics() {
    QStringList topics = QDir(QStringLiteral(":/slipway/guide")).entryList(QDir::Files, QDir::Name);
    topics.replaceInStrings(QRegularExpression(QStringLiteral("\\.md\\z")), QString());
    return topics;
}

ExitCode printTopic(const QString &topic) {
    QFile file(QStringLiteral(":/slipway/guide/%1.md").arg(topic));
    if (!file.open(QIODevice::ReadOnly))
        return fail(QStringLiteral("The topic %1 cannot be read: %2").arg(topic, file.errorString()),
                    ExitCode::NotDone);
    print(fileText(file.readAll()));
    return ExitCode::Done;
}

TerminalText helpText(const CommandSpec &command) {
    return textOf(helpLines(kThisProgram, command));
}

ExitCode help(const Context &context, const QCommandLineParser &parser) {
    if (parser.isSet(QStringLiteral("man")))
        return printManPage(context, parser.value(QStringLiteral("man")));
    const QStringList words = parser.positionalArguments();
    if (words == QStringList{QStringLiteral("exit-codes")}) {
        print(textOf(exitLines(kExitMeanings)));
        return ExitCode::Done;
    }
    if (words == QStringList{QStringLiteral("environment")}) {
        QList<QPair<QString, QString>> rows;
        for (const TermSpec &variable : kEnvironment)
            rows.append({QString::fromUtf8(variable.term), QString::fromUtf8(variable.help)});
        print(textOf(termLines(rows)));
        return ExitCode::Done;
    }
    if (words == QStringList{QStringLiteral("guide")}) {
        print(textOf(guideTopics()));
        return ExitCode::Done;
    }
    if (words.size() <= 2 && words.value(0) == QLatin1String("json"))
        return words.size() == 1 ? printDocuments(*context.program) : printSchema(words.at(1));
    // A topic has the name of no command: tst_guide holds that.
    if (words.size() == 1 && guideTopics().contains(words.constFirst()))
        return printTopic(words.constFirst());
    const auto found = findCommand(*context.program, words);
    if (!found)
        return failUsage(context, found.error().text);
    if (!found->arguments.isEmpty())
        return failUsage(
            context, QStringLiteral("\"%1\" is one argument too many").arg(found->arguments.constFirst()));
    print(helpText(*found->command));
    return ExitCode::Done;
}

ExitCode version(const Context &, const QCommandLineParser &) {
    print(lineText(kThisProgram + QLatin1Char(' ') + versionText()));
    return ExitCode::Done;
}

ExitCode completions(const Context &context, const QCommandLineParser &parser) {
    const QString shell = parser.positionalArguments().constFirst();
    const auto script = completionScript(shell);
    if (!script)
        return failUsage(
            context,
            QStringLiteral("there is no completion for %1; there is for bash, zsh and fish").arg(shell));
    print(textOf(script->trimmed().split(QLatin1Char('\n'))));
    return ExitCode::Done;
}

ExitCode complete(const Context &context, const QCommandLineParser &parser) {
    const auto names = [&context](const NameQuery &query) { return namesFor(context, query); };
    const Offers offers = offersFor(*context.program, parser.positionalArguments(), names);
    for (const Offers::Word &word : offers.words)
        print(lineText(word.meaning.isEmpty() ? word.text : word.text + QLatin1Char(' ') + word.meaning));
    if (offers.files == Completion::File)
        print(":file\n");
    if (offers.files == Completion::Folder)
        print(":folder\n");
    return ExitCode::Done;
}

} // namespace slipway::cli
