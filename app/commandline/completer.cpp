// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline/completer.h"

#include <QRegularExpression>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxOffers = 1000;

QString ownName(const CommandSpec &command) {
    return QString::fromLatin1(command.name).section(QLatin1Char(' '), -1);
}

// A name that came from outside and that a shell would read as anything but a word is not offered.
bool isPlainName(const QString &name) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]*$"));
    return plain.match(name).hasMatch();
}

// bash makes three words of "--name=value".
QStringList withoutEquals(const QStringList &words) {
    QStringList whole;
    for (qsizetype at = 0; at < words.size(); ++at) {
        if (words.at(at) == QLatin1String("=") && !whole.isEmpty() && at + 1 < words.size())
            continue;
        whole << words.at(at);
    }
    return whole;
}

// Where the last word stands: which command, which of its arguments, or the value of which option.
struct Place {
    const CommandSpec *command = nullptr;
    const OptionSpec *valueOf = nullptr;
    int argument = 0;
    QString dataDir;
    QString fleet; // the value of --fleet, else the first argument
};

const OptionSpec *optionOf(const CommandSpec &command, const QString &word) {
    for (const std::span<const OptionSpec> options :
         {command.options, std::span<const OptionSpec>(kCommonOptions)}) {
        for (const OptionSpec &option : options) {
            if (word == QStringLiteral("--") + QLatin1String(option.name))
                return &option;
        }
    }
    return nullptr;
}

Place placeOf(const CommandSpec &root, const QStringList &before) {
    Place place;
    place.command = &root;
    for (const QString &word : before) {
        if (place.valueOf) {
            if (QLatin1String(place.valueOf->name) == QLatin1String("data-dir"))
                place.dataDir = word;
            if (QLatin1String(place.valueOf->name) == QLatin1String("fleet"))
                place.fleet = word;
            place.valueOf = nullptr;
            continue;
        }
        if (word.startsWith(QLatin1Char('-'))) {
            if (word.startsWith(QLatin1String("--data-dir=")))
                place.dataDir = word.section(QLatin1Char('='), 1);
            if (word.startsWith(QLatin1String("--fleet=")))
                place.fleet = word.section(QLatin1Char('='), 1);
            const OptionSpec *option = optionOf(*place.command, word);
            place.valueOf = option && option->value ? option : nullptr;
            continue;
        }
        const auto &children = place.command->children;
        const auto child = std::find_if(children.begin(), children.end(),
                                        [&](const CommandSpec *one) { return ownName(*one) == word; });
        if (child != children.end())
            place.command = *child;
        else if (++place.argument == 1 && place.fleet.isEmpty())
            place.fleet = word;
    }
    return place;
}

class Collector {
public:
    Collector(Offers &offers, QString begin, const Place &place, const NameSource &names)
        : m_offers(offers), m_begin(std::move(begin)), m_place(place), m_names(names) {}

    void add(const QString &text, const QString &meaning) {
        if (text.startsWith(m_begin) && m_offers.words.size() < kMaxOffers)
            m_offers.words.append({text, meaning});
    }

    void addOptions(std::span<const OptionSpec> options) {
        for (const OptionSpec &option : options)
            add(QStringLiteral("--") + QLatin1String(option.name), QString::fromUtf8(option.help));
    }

    void addCommands(const CommandSpec &group) {
        for (const CommandSpec *child : group.children)
            add(ownName(*child), QString::fromUtf8(child->summary));
    }

    // What may stand for a value or an argument.
    void addKind(const CommandSpec &root, Completion kind, const char *words) {
        switch (kind) {
        case Completion::None:
            break;
        case Completion::Campaign:
        case Completion::Fleet:
        case Completion::Host:
            for (const QString &name : m_names({kind, m_place.dataDir, m_place.fleet})) {
                if (isPlainName(name))
                    add(name, {});
            }
            break;
        case Completion::FleetThenHost:
            if (m_place.argument <= 1)
                addKind(root, m_place.argument == 0 ? Completion::Fleet : Completion::Host, words);
            break;
        case Completion::File:
        case Completion::Folder:
            m_offers.files = kind;
            break;
        case Completion::Command:
            addCommands(root);
            break;
        case Completion::Words:
            for (const QString &word : QString::fromLatin1(words).split(QLatin1Char(' ')))
                add(word, {});
            break;
        }
    }

private:
    Offers &m_offers;
    QString m_begin;
    const Place &m_place;
    const NameSource &m_names;
};

} // namespace

Offers offersFor(const CommandSpec &root, const QStringList &words, const NameSource &names) {
    Offers offers;
    if (words.isEmpty())
        return offers;
    const QStringList whole = withoutEquals(words);
    const QString begin = words.constLast() == QLatin1String("=") ? QString() : whole.constLast();
    const Place place =
        placeOf(root, words.constLast() == QLatin1String("=") ? whole : whole.mid(0, whole.size() - 1));
    Collector collector(offers, begin, place, names);
    if (place.valueOf) {
        collector.addKind(root, place.valueOf->offers, place.valueOf->words);
        return offers;
    }
    if (begin.startsWith(QLatin1Char('-'))) {
        collector.addOptions(place.command->options);
        collector.addOptions(kCommonOptions);
        return offers;
    }
    if (!place.command->children.empty()) {
        collector.addCommands(*place.command);
        return offers;
    }
    if (place.argument > 0 && !place.command->verbs.empty()) {
        if (place.argument == 1) {
            for (const char *verb : place.command->verbs)
                collector.add(QString::fromLatin1(verb), {});
        }
        return offers;
    }
    if (place.command->maxArguments < 0 || place.argument < place.command->maxArguments)
        collector.addKind(root, place.command->offers, place.command->words);
    return offers;
}

} // namespace slipway
