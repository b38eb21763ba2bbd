// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline/completer.h"

#include <QTest>

using namespace slipway;

namespace {

constexpr std::array<OptionSpec, 1> kFleetOption{
    {{.name = "fleet", .value = "NAME", .help = "A fleet.", .offers = Completion::Fleet}}};

const CommandSpec kLogin{.name = "login",
                         .summary = "log in",
                         .usage = {},
                         .minArguments = 2,
                         .maxArguments = -1,
                         .offers = Completion::FleetThenHost};
const CommandSpec kForget{.name = "forget",
                          .summary = "forget a host",
                          .usage = {},
                          .options = kFleetOption,
                          .minArguments = 1,
                          .maxArguments = 1,
                          .offers = Completion::Host};
const CommandSpec kCompare{.name = "compare",
                           .summary = "compare two campaigns",
                           .usage = {},
                           .minArguments = 2,
                           .maxArguments = 2,
                           .offers = Completion::Campaign};
constexpr std::array<const CommandSpec *, 3> kChildren{&kLogin, &kForget, &kCompare};
const CommandSpec kProgram{.name = "program", .summary = "a program", .usage = {}, .children = kChildren};

// A name says what was asked for.
QStringList namesOf(const NameQuery &query) {
    const QString dir = query.dataDir.isEmpty() ? QString() : QLatin1Char('.') + query.dataDir;
    switch (query.kind) {
    case Completion::Fleet:
        return {QStringLiteral("fleet") + dir, QStringLiteral("$(reboot)")};
    case Completion::Host:
        return {QStringLiteral("host-of-") + query.fleet + dir, QStringLiteral("a b")};
    case Completion::Campaign:
        return {QStringLiteral("campaign") + dir};
    default:
        return {QStringLiteral("not-asked-for")};
    }
}

} // namespace

class CompleterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsOffered_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("offered");
        const auto row = [](const char *typed, const QStringList &offered) {
            QTest::newRow(typed) << QString::fromLatin1(typed).split(QLatin1Char(' ')) << offered;
        };
        row("", {QStringLiteral("login"), QStringLiteral("forget"), QStringLiteral("compare")});
        row("login ", {QStringLiteral("fleet")});
        row("login x ", {QStringLiteral("host-of-x")});
        row("login x host-of-", {QStringLiteral("host-of-x")});
        row("login x other", {});
        row("login x host-of-x ", {});
        row("--data-dir d login x ", {QStringLiteral("host-of-x.d")});
        row("login --data-dir=d x ", {QStringLiteral("host-of-x.d")});
        row("forget --fleet x ", {QStringLiteral("host-of-x")});
        row("forget --fleet=x ", {QStringLiteral("host-of-x")});
        row("forget --fleet = x ", {QStringLiteral("host-of-x")});
        row("forget --fleet ", {QStringLiteral("fleet")});
        row("forget x ", {});
        row("compare ", {QStringLiteral("campaign")});
        row("compare campaign ", {QStringLiteral("campaign")});
        row("compare campaign campaign ", {});
    }

    void whatIsOffered() {
        QFETCH(QStringList, words);
        QFETCH(QStringList, offered);
        QStringList texts;
        for (const Offers::Word &word : offersFor(kProgram, words, namesOf).words)
            texts << word.text;
        QCOMPARE(texts, offered);
    }
};

QTEST_GUILESS_MAIN(CompleterTest)
#include "tst_completer.moc"
