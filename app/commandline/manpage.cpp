// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline/manpage.h"

#include "app/commandline/helptext.h"

namespace slipway {

namespace {

constexpr qsizetype kWidth = 72; // of a line of the source

// A word as roff reads it: nothing in it is a request or an escape.
QString roffWord(const QString &word) {
    QString escaped;
    for (const QChar c : word) {
        if (c == QLatin1Char('\\'))
            escaped += QStringLiteral("\\e");
        else if (c == QLatin1Char('-'))
            escaped += QStringLiteral("\\-");
        else if (c.unicode() > 0x7e)
            escaped += QStringLiteral("\\[u%1]")
                           .arg(c.unicode(), 4, 16, QLatin1Char('0'))
                           .toUpper()
                           .replace(QStringLiteral("\\[U"), QStringLiteral("\\[u"));
        else
            escaped += c;
    }
    if (escaped.startsWith(QLatin1Char('.')) || escaped.startsWith(QLatin1Char('\'')))
        escaped.prepend(QStringLiteral("\\&"));
    return escaped;
}

QString roffLine(const QString &text) {
    QStringList words;
    for (const QString &word : text.simplified().split(QLatin1Char(' ')))
        words << roffWord(word);
    return words.join(QLatin1Char(' '));
}

QString roffText(const QString &text) {
    QString out;
    qsizetype column = 0;
    for (const QString &word : text.simplified().split(QLatin1Char(' '))) {
        const QString escaped = roffWord(word);
        if (column > 0 && column + 1 + escaped.size() > kWidth) {
            out += QLatin1Char('\n');
            column = 0;
        } else if (column > 0) {
            out += QLatin1Char(' ');
            ++column;
        }
        out += escaped;
        column += escaped.size();
    }
    return out + QLatin1Char('\n');
}

QString paragraphs(const char *text) {
    QString out;
    for (const QString &paragraph : QString::fromUtf8(text).split(QStringLiteral("\n\n")))
        out += (out.isEmpty() ? QString() : QStringLiteral(".PP\n")) + roffText(paragraph);
    return out;
}

QString term(const QString &name, const char *help) {
    return QStringLiteral(".TP\n.B %1\n%2").arg(roffLine(name), roffText(QString::fromUtf8(help)));
}

QString optionTerms(std::span<const OptionSpec> options) {
    QString out;
    for (const OptionSpec &option : options)
        out += term(optionTerm(option), option.help);
    return out;
}

QString exitTerms(std::span<const ExitMeaning> exits) {
    QString out;
    for (const ExitMeaning &meaning : exits)
        out += term(QString::number(static_cast<int>(meaning.code)), meaning.text);
    return out;
}

QString termTerms(std::span<const TermSpec> terms) {
    QString out;
    for (const TermSpec &one : terms)
        out += term(QString::fromUtf8(one.term), one.help);
    return out;
}

QString synopsis(const QString &program, const CommandSpec &command) {
    QStringList lines;
    for (const QString &usage : usageLines(program, command))
        lines << QStringLiteral(".B %1\n").arg(roffLine(usage));
    return lines.join(QStringLiteral(".br\n"));
}

QString commandSections(const QString &program, const CommandSpec &group) {
    QString out;
    for (const CommandSpec *command : group.children) {
        if (!command->children.empty()) {
            out += commandSections(program, *command);
            continue;
        }
        out += QStringLiteral(".SS %1 %2\n").arg(program, roffLine(QLatin1String(command->name)));
        out += synopsis(program, *command) + QStringLiteral(".PP\n") + paragraphs(command->description);
        out += termTerms(command->terms) + optionTerms(command->options);
        if (!command->exits.empty())
            out += QStringLiteral(".PP\nExit code:\n") + exitTerms(command->exits);
    }
    return out;
}

QString titleLine(const QString &name, int section, const ManHead &head, const char *volume) {
    return QStringLiteral(".\\\" SPDX\\-License\\-Identifier: GPL\\-3.0\\-or\\-later\n.TH %1 %2 \"%3\" "
                          "\"Slipway %4\" \"%5\"\n")
        .arg(roffLine(name.toUpper()))
        .arg(section)
        .arg(head.date, head.version, QLatin1String(volume));
}

} // namespace

QString manPage(const ManHead &head, const FilePage &page) {
    QString text = titleLine(page.name, 5, head, "File Formats");
    text += QStringLiteral(".SH NAME\n%1 \\- %2\n").arg(roffLine(page.name), roffLine(page.summary));
    text += QStringLiteral(".SH DESCRIPTION\n") + roffText(page.description);
    for (const FilePage::Section &section : page.sections) {
        text += QStringLiteral(".SH %1\n").arg(roffLine(section.title));
        for (const auto &[name, help] : section.terms)
            text += QStringLiteral(".TP\n.B %1\n%2").arg(roffLine(name), roffText(help));
    }
    text += QStringLiteral(".SH EXAMPLES\n.nf\n");
    for (const QString &line : page.example.split(QLatin1Char('\n')))
        text += roffWord(line) + QLatin1Char('\n');
    return text + QStringLiteral(".fi\n.SH SEE ALSO\n.BR %1 (1)\n").arg(roffLine(head.seeAlso));
}

QString manPage(const ManHead &head, const CommandSpec &root) {
    QString page = titleLine(head.program, 1, head, "User Commands");
    page +=
        QStringLiteral(".SH NAME\n%1 \\- %2\n").arg(head.program, roffLine(QString::fromUtf8(root.summary)));
    page += QStringLiteral(".SH SYNOPSIS\n");
    page += synopsis(head.program, root);
    page += QStringLiteral(".SH DESCRIPTION\n") + paragraphs(root.description) + termTerms(root.terms);
    page += QStringLiteral(".SH OPTIONS\n") + optionTerms(root.options) + optionTerms(kCommonOptions);
    if (!root.children.empty()) {
        page += QStringLiteral(".SH COMMANDS\n") + commandSections(head.program, root);
        page += QStringLiteral(".SH EXIT STATUS\n") + exitTerms(kExitMeanings);
    } else if (!root.exits.empty()) {
        page += QStringLiteral(".SH EXIT STATUS\n") + exitTerms(root.exits);
    }
    page += QStringLiteral(".SH ENVIRONMENT\n") + termTerms(kEnvironment);
    page += QStringLiteral(".SH SEE ALSO\n.BR %1 (1)\n").arg(head.seeAlso);
    return page;
}

} // namespace slipway
