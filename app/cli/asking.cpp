// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"

#include "app/core/paths.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace slipway::cli {

namespace {

QString usageProblem(const QCommandLineParser &parser) {
    if (parser.unknownOptionNames().contains(QStringLiteral("data-dir")))
        return QStringLiteral("--data-dir DIR goes before the command");
    QString problem = parser.errorText();
    if (problem.endsWith(QLatin1Char('.')))
        problem.chop(1);
    return problem;
}

} // namespace

int withServices(const Context &context, const std::function<void(Services &)> &ask) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    const auto services = Services::open(*paths);
    if (!services)
        return fail(services.error().text, kNothing);
    ask(**services);
    return QCoreApplication::exec();
}

int lookWithServices(const Context &context, const std::function<void(Services &)> &ask) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    const auto services = Services::openToLook(*paths);
    if (!services)
        return fail(services.error().text, kNothing);
    ask(**services);
    return QCoreApplication::exec();
}

std::optional<int> parse(QCommandLineParser &parser, const QString &command, const QStringList &arguments,
                         const TerminalText &help, qsizetype leastArguments, qsizetype maxArguments,
                         const QStringList &mayBeEmpty) {
    parser.addOption({QStringLiteral("help"), {}});
    if (!parser.parse(QStringList{command} + arguments))
        return failUsage(command, usageProblem(parser));
    if (parser.isSet(QStringLiteral("help"))) {
        print(help);
        return 0;
    }
    for (const QString &option : parser.optionNames()) {
        if (!mayBeEmpty.contains(option) && parser.values(option).contains(QString()))
            return failUsage(command, QStringLiteral("--%1 is empty: is a variable not set?").arg(option));
    }
    if (const qsizetype at = parser.positionalArguments().indexOf(QString()); at >= 0)
        return failUsage(command, QStringLiteral("argument %1 is empty: is a variable not set?").arg(at + 1));
    const qsizetype given = parser.positionalArguments().size();
    if (given < leastArguments)
        return failUsage(command, QStringLiteral("an argument is missing"));
    if (given > maxArguments)
        return failUsage(command, QStringLiteral("\"%1\" is one argument too many")
                                      .arg(parser.positionalArguments().at(maxArguments)));
    return std::nullopt;
}

} // namespace slipway::cli
