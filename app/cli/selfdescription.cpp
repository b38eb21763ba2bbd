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
#include "app/session/session.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace slipway::cli {

namespace {

const QString kThisProgram = QStringLiteral("slipwayctl");
const QString kWindowProgram = QStringLiteral("slipway");

TerminalText textOf(const QStringList &lines) {
    TerminalText text;
    for (const QString &line : lines)
        text += lineText(line);
    return text;
}

ExitCode printManPage(const Context &context, const QString &program) {
    ManHead head{program, QStringLiteral(SLIPWAY_VERSION), versionDate(), kWindowProgram};
    if (program == kWindowProgram)
        head.seeAlso = kThisProgram;
    else if (program != kThisProgram)
        return failUsage(context, QStringLiteral("--man is for slipway or slipwayctl, not %1").arg(program));
    const CommandSpec &root = program == kWindowProgram ? kWindowCommand : *context.program;
    print(textOf(manPage(head, root).trimmed().split(QLatin1Char('\n'))));
    return ExitCode::Done;
}

// The names of campaigns or fleets. Where they cannot be read, there are none: a shell at its prompt has
// nobody to tell.
QStringList archiveNames(const Context &context, Completion kind) {
    QStringList names;
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return names;
    if (kind == Completion::Fleet) {
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
    const auto names = [&context](Completion kind, const QString &dataDir) {
        Context there = context;
        if (!dataDir.isEmpty())
            there.dataDir = dataDir;
        return archiveNames(there, kind);
    };
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
