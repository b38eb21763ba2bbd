// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline/helptext.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kWidth = 80;
constexpr qsizetype kContinued = 4;   // blanks before what does not fit into a usage line
constexpr qsizetype kWidestTerm = 24; // a longer one has a line of its own

QString indented(qsizetype width) {
    return QString(width, QLatin1Char(' '));
}

} // namespace

QStringList wrappedLines(const QString &text, qsizetype indent) {
    QStringList lines;
    for (const QString &paragraph : text.split(QStringLiteral("\n\n"))) {
        if (!lines.isEmpty())
            lines << QString();
        QString line;
        for (const QString &word : paragraph.simplified().split(QLatin1Char(' '))) {
            if (!line.isEmpty() && indent + line.size() + 1 + word.size() > kWidth) {
                lines << indented(indent) + line;
                line.clear();
            }
            line += (line.isEmpty() ? QString() : QStringLiteral(" ")) + word;
        }
        lines << indented(indent) + line;
    }
    return lines;
}

QStringList termLines(const QList<QPair<QString, QString>> &rows) {
    qsizetype column = 0;
    for (const auto &[term, text] : rows) {
        if (term.size() <= kWidestTerm)
            column = std::max(column, term.size());
    }
    column += 4; // two blanks on each side
    QStringList lines;
    for (const auto &[term, text] : rows) {
        QStringList wrapped = wrappedLines(text, column);
        const QString head = QStringLiteral("  ") + term;
        if (term.size() + 4 <= column && !wrapped.isEmpty())
            wrapped.first() = head.leftJustified(column) + wrapped.constFirst().mid(column);
        else
            lines << head;
        lines << wrapped;
    }
    return lines;
}

QString optionTerm(const OptionSpec &option) {
    QString term = QStringLiteral("--") + QLatin1String(option.name);
    if (option.letter != 0)
        term.prepend(QStringLiteral("-%1, ").arg(QLatin1Char(option.letter)));
    return option.value ? term + QLatin1Char(' ') + QLatin1String(option.value) : term;
}

QStringList usageLines(const QString &program, const CommandSpec &command) {
    const QString name = *command.name ? program + QLatin1Char(' ') + QLatin1String(command.name) : program;
    QStringList lines;
    for (const char *form : command.usage)
        lines << (*form ? name + QLatin1Char(' ') + QString::fromUtf8(form) : name);
    return lines;
}

QStringList exitLines(std::span<const ExitMeaning> exits) {
    QList<QPair<QString, QString>> rows;
    for (const ExitMeaning &meaning : exits)
        rows.append({QString::number(static_cast<int>(meaning.code)), QString::fromUtf8(meaning.text)});
    return termLines(rows);
}

std::span<const ExitMeaning> exitsOf(const CommandSpec &command) {
    static constexpr std::array<ExitMeaning, 3> standard{{
        {ExitCode::Done, "done"},
        {ExitCode::Usage, "wrong usage"},
        {ExitCode::NotDone, "it is not there or could not be done"},
    }};
    return command.exits.empty() ? std::span<const ExitMeaning>(standard) : command.exits;
}

QStringList helpLines(const QString &program, const CommandSpec &command) {
    QStringList lines;
    for (const QString &usage : usageLines(program, command)) {
        QStringList wrapped = wrappedLines(usage, kContinued);
        wrapped.first() = wrapped.constFirst().trimmed();
        lines << wrapped;
    }
    lines << QString() << wrappedLines(QString::fromUtf8(command.description));
    const auto section = [&lines](const char *title, const QStringList &body) {
        if (!body.isEmpty())
            lines << QString() << QLatin1String(title) << body;
    };
    QList<QPair<QString, QString>> rows;
    for (const CommandSpec *child : command.children) {
        const QString name = QLatin1String(child->name);
        rows.append({name.section(QLatin1Char(' '), -1), QString::fromUtf8(child->summary)});
    }
    section("Commands:", termLines(rows));
    rows.clear();
    for (const TermSpec &term : command.terms)
        rows.append({QString::fromUtf8(term.term), QString::fromUtf8(term.help)});
    if (!rows.isEmpty())
        lines << QString() << termLines(rows);
    rows.clear();
    for (const std::span<const OptionSpec> options :
         {command.options, std::span<const OptionSpec>(kCommonOptions)}) {
        for (const OptionSpec &option : options)
            rows.append({optionTerm(option), QString::fromUtf8(option.help)});
    }
    section("Options:", termLines(rows));
    if (command.children.empty())
        section("Exit code:", exitLines(exitsOf(command)));
    return lines;
}

} // namespace slipway
