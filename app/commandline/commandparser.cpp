// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline/commandparser.h"

#include "app/commandline/suggestion.h"

#include <QCommandLineParser>

namespace slipway {

namespace {

QString ownName(const CommandSpec &command) {
    return QString::fromLatin1(command.name).section(QLatin1Char(' '), -1);
}

const OptionSpec *optionOf(std::span<const OptionSpec> options, const QString &name) {
    for (const OptionSpec &option : options) {
        if (name == QLatin1String(option.name))
            return &option;
    }
    return nullptr;
}

// Whether the word behind "--name" is its value: as the group says, else as any of its commands.
bool takesValue(const CommandSpec &command, const QString &name) {
    for (const std::span<const OptionSpec> options :
         {command.options, std::span<const OptionSpec>(kCommonOptions)}) {
        if (const OptionSpec *option = optionOf(options, name))
            return option->value != nullptr;
    }
    return std::any_of(command.children.begin(), command.children.end(),
                       [&](const CommandSpec *child) { return takesValue(*child, name); });
}

Error wrong(const QString &text) {
    return {ErrorCode::InvalidInput, text};
}

Error unknownCommand(const CommandSpec &group, const QString &word) {
    QStringList names;
    for (const CommandSpec *child : group.children)
        names << ownName(*child);
    return wrong(QStringLiteral("there is no command \"%1\"%2").arg(word, suggestionText(word, names)));
}

Error unknownOption(const CommandSpec &command, const QString &name) {
    QStringList names;
    for (const std::span<const OptionSpec> options :
         {command.options, std::span<const OptionSpec>(kCommonOptions)}) {
        for (const OptionSpec &option : options)
            names << QStringLiteral("--") + QLatin1String(option.name);
    }
    const QString given = (name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name;
    return wrong(QStringLiteral("there is no option %1%2").arg(given, suggestionText(given, names)));
}

void addOptions(QCommandLineParser &parser, std::span<const OptionSpec> options) {
    for (const OptionSpec &option : options) {
        QStringList names{QString::fromLatin1(option.name)};
        if (option.letter != 0)
            names << QString(QLatin1Char(option.letter));
        if (option.value)
            parser.addOption({names, {}, QString::fromLatin1(option.value)});
        else
            parser.addOption({names, {}});
    }
}

Result<void> checkCount(const CommandSpec &command, const QStringList &given) {
    if (const qsizetype at = given.indexOf(QString()); at >= 0 && !command.argumentsMayBeEmpty)
        return wrong(QStringLiteral("argument %1 is empty: is a variable not set?").arg(at + 1));
    if (given.size() < command.minArguments)
        return wrong(QStringLiteral("an argument is missing"));
    if (command.maxArguments >= 0 && given.size() > command.maxArguments)
        return wrong(QStringLiteral("\"%1\" is one argument too many").arg(given.at(command.maxArguments)));
    return {};
}

} // namespace

Result<FoundCommand> findCommand(const CommandSpec &root, const QStringList &words) {
    if (root.children.empty())
        return FoundCommand{&root, words};
    QStringList before;
    for (qsizetype at = 0; at < words.size(); ++at) {
        const QString &word = words.at(at);
        if (word.isEmpty())
            return wrong(QStringLiteral("argument %1 is empty: is a variable not set?").arg(at + 1));
        if (word.startsWith(QLatin1Char('-'))) {
            before << word;
            if (word.startsWith(QLatin1String("--")) && takesValue(root, word.mid(2)) &&
                at + 1 < words.size())
                before << words.at(++at);
            continue;
        }
        for (const CommandSpec *child : root.children) {
            if (ownName(*child) == word)
                return findCommand(*child, before + words.mid(at + 1));
        }
        return unknownCommand(root, word);
    }
    return FoundCommand{&root, before};
}

Result<void> parseArguments(QCommandLineParser &parser, const CommandSpec &command,
                            const QStringList &arguments) {
    addOptions(parser, command.options);
    addOptions(parser, kCommonOptions);
    const bool isParsed = parser.parse(QStringList{QString::fromLatin1(command.name)} + arguments);
    if (const QStringList unknown = parser.unknownOptionNames(); !unknown.isEmpty())
        return unknownOption(command, unknown.constFirst());
    if (!isParsed)
        return wrong(parser.errorText().remove(QLatin1Char('.')));
    if (parser.isSet(QStringLiteral("help")))
        return {};
    for (const std::span<const OptionSpec> options :
         {command.options, std::span<const OptionSpec>(kCommonOptions)}) {
        for (const OptionSpec &option : options) {
            if (option.value && !option.mayBeEmpty &&
                parser.values(QString::fromLatin1(option.name)).contains(QString()))
                return wrong(
                    QStringLiteral("--%1 is empty: is a variable not set?").arg(QLatin1String(option.name)));
        }
    }
    return checkCount(command, parser.positionalArguments());
}

} // namespace slipway
