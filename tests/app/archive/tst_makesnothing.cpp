// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace {

const QString kProgram = testPaths::program("slipwayctl");

QStringList words(const char *text) {
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

} // namespace

// Where there is no archive, a command that looks, and one that finds nothing to write, leaves no data
// directory behind. The commands are those that the program itself lists, so that a new one is asked for its
// words here.
class MakesNothingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_dir.isValid());
        for (const auto &name : {QStringLiteral("home"), QStringLiteral("repo"), QStringLiteral("work")})
            QVERIFY(QDir(m_dir.path()).mkdir(name));
        QFile fleet(m_dir.filePath(QStringLiteral("work/hosts.json")));
        QVERIFY(fleet.open(QIODevice::WriteOnly));
    }

    void everyCommandIsTried() {
        QStringList tried;
        for (const QStringList &command : commands())
            tried << command.join(QLatin1Char(' '));
        for (const QString &name : names()) {
            const bool isTried = std::any_of(tried.begin(), tried.end(), [&](const QString &one) {
                return one == name || one.startsWith(name + QLatin1Char(' '));
            });
            QVERIFY2(isTried, qPrintable(QStringLiteral("\"%1\" is not tried here").arg(name)));
        }
    }

    void nothingIsMadeWhereThereIsNothing_data() {
        QTest::addColumn<QStringList>("command");
        for (const QStringList &command : commands())
            QTest::newRow(qPrintable(command.join(QLatin1Char(' ')))) << command;
    }

    void nothingIsMadeWhereThereIsNothing() {
        QFETCH(QStringList, command);
        const QString data = m_dir.filePath(QStringLiteral("data"));
        const QString said = run(QStringList{QStringLiteral("--data-dir"), data} + command);
        QVERIFY2(!said.contains(QStringLiteral("is not understood")) &&
                     !said.contains(QStringLiteral("there is no option")) &&
                     !said.contains(QStringLiteral("there is no command")) &&
                     !said.contains(QStringLiteral("argument is missing")),
                 qPrintable(said)); // it came as far as its work
        QVERIFY2(!QFileInfo::exists(data), qPrintable(said));
        QCOMPARE(
            QDir(m_dir.filePath(QStringLiteral("repo"))).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
            QStringList());
    }

private:
    // Commands that look, and such as write elsewhere with nothing to write here.
    [[nodiscard]] static QList<QStringList> commands() {
        QList<QStringList> all;
        for (const char *text : {"complete -- show x",
                                 "completions bash",
                                 "version",
                                 "report-bug",
                                 "archive check",
                                 "archive backup backup",
                                 "archive restore nowhere",
                                 "archive recover",
                                 "archive compact",
                                 "diff a b",
                                 "export x1 --to ../repo --dry-run",
                                 "export x1 --to ../repo",
                                 "export --all --to ../repo",
                                 "fleet import nowhere.json",
                                 "fleet list",
                                 "fleet list --json",
                                 "fleet show nope",
                                 "fleet rename nope other",
                                 "fleet remove nope",
                                 "fleet undo",
                                 "fleet create nope",
                                 "fleet prepare nope",
                                 "fleet destroy nope --yes",
                                 "fleet sweep --dry-run",
                                 "fleet cost",
                                 "fleet token",
                                 "fleet api",
                                 "fleet check --fleet nope",
                                 "fleet forget-key h --fleet nope",
                                 "fleet ssh nope h",
                                 "fleet ssh sandbox node-a",
                                 "fleet ssh-config nope",
                                 "fleet known-hosts nope h",
                                 "gate --tag v1",
                                 "help run",
                                 "import nowhere",
                                 "import ../repo",
                                 "insight x1",
                                 "insight x1 show",
                                 "insight x1 set headline text",
                                 "insight x1 clear headline",
                                 "insight x1 edit",
                                 "insight x1 lint",
                                 "insight x1 export --to ../repo --dry-run",
                                 "list",
                                 "list --json",
                                 "rejudge",
                                 "rejudge x1",
                                 "release v1 --campaign x1 --to ../repo --dry-run",
                                 "release v1 --campaign x1 --to ../repo",
                                 "remove x1",
                                 "remove x1 --undo",
                                 "repro x1 --cycle 1",
                                 "resume",
                                 "resume x1",
                                 "run --fleet nope --id x1",
                                 "run --plan --fleet nope",
                                 "run --plan --fleet sandbox",
                                 "sandbox down",
                                 "sandbox status",
                                 "search words",
                                 "series alarm soak loss --resolve --by Ada --why over",
                                 "series continue soak --by Ada --why over",
                                 "series create soak --cron never --fleet nope",
                                 "series drill soak --kind slow",
                                 "series edit soak",
                                 "series end soak",
                                 "series excuse soak 2026-04-20T20:13Z --by Ada --why over",
                                 "series import nowhere.csv",
                                 "series install soak --yes",
                                 "series list",
                                 "series messages soak",
                                 "series report soak --to nowhere",
                                 "series run-slot soak",
                                 "series show soak",
                                 "series uninstall soak",
                                 "show x1",
                                 "triage x1",
                                 "triage x1 --class product",
                                 "triage x1 --undo",
                                 "verify x1"})
            all << words(text);
        return all;
    }

    // "list", "fleet show", "insight x1 set": what the program says that it can do.
    [[nodiscard]] QStringList names() const {
        QStringList all;
        for (const QString &command : listed({})) {
            const QStringList verbs = listed({command});
            if (command == QLatin1String("insight"))
                all << insightVerbs();
            else if (verbs.isEmpty())
                all << command;
            for (const QString &verb : verbs) {
                if (command + verb != QLatin1String("sandboxup")) // this one is there to make something
                    all << command + QLatin1Char(' ') + verb;
            }
        }
        if (all.size() < 40)
            all << QStringLiteral("the list of commands, which has only %1").arg(all.size());
        return all;
    }

    // The commands in the help of the program, or of a group.
    [[nodiscard]] QStringList listed(const QStringList &group) const {
        const QString help = run(group + QStringList{QStringLiteral("--help")});
        const QString section =
            help.section(QStringLiteral("\nCommands:\n"), 1).section(QStringLiteral("\n\n"), 0, 0);
        static const QRegularExpression line(QStringLiteral("^  ([a-z-]+)  +[a-zA-Z]"),
                                             QRegularExpression::MultilineOption);
        QStringList names;
        for (auto found = line.globalMatch(section); found.hasNext();)
            names << found.next().captured(1);
        return names;
    }

    [[nodiscard]] QStringList insightVerbs() const {
        static const QRegularExpression verb(QStringLiteral("slipwayctl insight ID \\[?([a-z]+)"));
        QStringList names;
        for (auto found = verb.globalMatch(run({QStringLiteral("insight"), QStringLiteral("--help")}));
             found.hasNext();)
            names << QStringLiteral("insight x1 ") + found.next().captured(1);
        return names;
    }

    [[nodiscard]] QString run(const QStringList &arguments) const {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), m_dir.filePath(QStringLiteral("home")));
        environment.insert(QStringLiteral("EDITOR"), QStringLiteral("true"));
        environment.insert(QStringLiteral("DIGITALOCEAN_API_URL"), QStringLiteral("http://127.0.0.1:1"));
        environment.remove(QStringLiteral("XDG_DATA_HOME"));
        program.setProcessEnvironment(environment);
        program.setWorkingDirectory(m_dir.filePath(QStringLiteral("work")));
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.setStandardInputFile(QProcess::nullDevice());
        program.start(kProgram, arguments);
        if (!program.waitForFinished(60'000)) {
            program.kill();
            program.waitForFinished();
            return QStringLiteral("there is no command that did not end");
        }
        return QString::fromUtf8(program.readAll());
    }

    QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(MakesNothingTest)
#include "tst_makesnothing.moc"
