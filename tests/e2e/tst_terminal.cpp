// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/goodevidence.h"
#include "tests/support/testpaths.h"
#include "tests/support/testsshd.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <array>
#include <utility>
#include <vector>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace slipway;
using slipway::test::TestSshd;

namespace {

constexpr int kTimeout = 60'000;

// Writes to the clipboard, clears the screen, ends its line and begins one that looks like a verdict; then
// the same by C1 codes, and turns the direction of what follows around.
const QString kHostile = QStringLiteral("x\x1b]52;c;cHduZWQ=\x07\x1b[2J\nrel-r9: PROVEN\r") + QChar(0x9b) +
                         QStringLiteral("2J") + QChar(0x202e) + QStringLiteral("y\x7f");

struct Answer {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

// One that a program is shown on.
struct Terminal {
    unsigned short columns = 0; ///< 0: it does not say
    unsigned short rows = 0;
    QByteArrayList environment{}; ///< "NAME=value"
};

const QStringList kList{QStringLiteral("list")};

QString problemOf(const QByteArray &bytes) {
    const QString text = QString::fromUtf8(bytes);
    for (const QChar c : text) {
        if (c == QLatin1Char('\n'))
            continue;
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            return QStringLiteral("U+%1 in: %2").arg(c.unicode(), 4, 16, QLatin1Char('0')).arg(text);
    }
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String("rel-r9")))
            return QStringLiteral("a line that was made up, in: ") + text;
    }
    return {};
}

} // namespace

// Text from hosts, folders, JSON and the command line is shown, and drives no terminal.
class TerminalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFolder_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("verify") << QStringList{QStringLiteral("verify"), QStringLiteral("%runs/%hostile")};
        QTest::newRow("verify --json") << QStringList{
            QStringLiteral("verify"), QStringLiteral("%runs/%hostile"), QStringLiteral("--json")};
        QTest::newRow("diff") << QStringList{QStringLiteral("diff"), QStringLiteral("%runs/%hostile"),
                                             QStringLiteral("%runs/good")};
        QTest::newRow("diff --json") << QStringList{QStringLiteral("diff"), QStringLiteral("%runs/%hostile"),
                                                    QStringLiteral("%runs/good"), QStringLiteral("--json")};
        QTest::newRow("import") << QStringList{QStringLiteral("import"), QStringLiteral("%runs")};
        QTest::newRow("import --json")
            << QStringList{QStringLiteral("import"), QStringLiteral("%runs"), QStringLiteral("--json")};
        QTest::newRow("import of what is not there")
            << QStringList{QStringLiteral("import"), QStringLiteral("%runs/none%hostile")};
    }

    void aFolder() {
        QFETCH(QStringList, words);
        QTemporaryDir dir;
        const QString runs = dir.filePath(QStringLiteral("runs"));
        publish(runs + QStringLiteral("/good"), test::goodEvidence());
        QList<EvidenceFile> files = test::goodEvidence();
        test::changeCycle(files, 3, [](QJsonObject &cycle) { cycle[QStringLiteral("fault")] = kHostile; });
        test::changeJson(files, QStringLiteral("campaign-summary.json"), [](QJsonObject &summary) {
            for (const auto &key : {QStringLiteral("ref"), QStringLiteral("campaign_id"),
                                    QStringLiteral("note"), QStringLiteral("verdict")})
                summary[key] = kHostile;
        });
        files.append({QStringLiteral("note") + kHostile + QStringLiteral(".log"), "x"});
        publish(runs + QLatin1Char('/') + kHostile, files);
        QDir().mkpath(runs + QStringLiteral("/a") + kHostile); // empty
        for (QString &word : words)
            word.replace(QLatin1String("%runs"), runs).replace(QLatin1String("%hostile"), kHostile);
        const Answer answer = run(dir, words);
        QVERIFY2(answer.code >= 0, answer.err.constData());
        expectPlain(answer);
        if (words.constFirst() != QLatin1String("import") || answer.code != 0)
            return;
        for (const QStringList &after :
             {QStringList{QStringLiteral("list")}, {QStringLiteral("list"), QStringLiteral("--json")}}) {
            const Answer listed = run(dir, after);
            QCOMPARE(listed.code, 0);
            expectPlain(listed);
        }
    }

    void aWord_data() {
        QTest::addColumn<QStringList>("words");
        for (const char *line : {"%hostile",
                                 "run|--fleet|/dev/null|--id|%hostile",
                                 "run|--fleet|%hostile|--id|x",
                                 "run|--fleet|/dev/null|--id|x|--set|%hostile=1",
                                 "run|--fleet|/dev/null|--id|x|--phases|%hostile",
                                 "run|--fleet|/dev/null|--id|x|--protocol|%hostile",
                                 "run|%hostile",
                                 "show|%hostile",
                                 "show|x|--file|%hostile",
                                 "search|%hostile",
                                 "resume|%hostile",
                                 "insight|%hostile",
                                 "triage|%hostile|--class|harness",
                                 "triage|x|--class|%hostile",
                                 "archive|%hostile",
                                 "archive|restore|%hostile",
                                 "export|%hostile|--to|%hostile",
                                 "release|%hostile|--to|%hostile",
                                 "fleet|check|--fleet|%hostile",
                                 "fleet|show|%hostile",
                                 "fleet|import|%hostile",
                                 "fleet|destroy|%hostile",
                                 "fleet|%hostile",
                                 "sandbox|%hostile",
                                 "--data-dir|/proc/%hostile|list",
                                 "--%hostile"})
            QTest::newRow(line) << QString::fromLatin1(line).split(QLatin1Char('|'));
    }

    void aWord() {
        QFETCH(QStringList, words);
        for (QString &word : words)
            word.replace(QLatin1String("%hostile"), kHostile);
        const QTemporaryDir dir;
        const Answer answer = run(dir, words);
        QVERIFY(answer.code > 0);
        QVERIFY2(!answer.err.isEmpty() || words.constFirst() == QLatin1String("search"),
                 answer.out.constData());
        expectPlain(answer);
    }

    void aHost_data() {
        QTest::addColumn<QByteArray>("bashrc");
        QTest::addColumn<QByteArray>("server");
        const QByteArray print = "printf '%s' '" + kHostile.toUtf8() + "'";
        const QByteArray good = "echo ai-memory 1.0";
        QTest::newRow("version") << QByteArray() << print;
        QTest::newRow("bashrc") << print << good;
        QTest::newRow("bashrc that gives up") << print + "; exit 1" << good;
        QTest::newRow("errors of bashrc") << print + " >&2" << good;
        QTest::newRow("errors of bashrc that gives up") << print + " >&2; exit 1" << good;
    }

    void aHost() {
        QFETCH(const QByteArray, bashrc);
        QFETCH(const QByteArray, server);
        const TestSshd sshd;
        write(sshd.home() + QStringLiteral("/.bashrc"), bashrc + "\n");
        const QString program = sshd.path(QStringLiteral("server"));
        write(program, "#!/bin/sh\n" + server + "\n");
        QFile::setPermissions(program, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const QString fleet = sshd.fleetFile(program);
        const QTemporaryDir dir;
        for (const QStringList &words :
             {QStringList{QStringLiteral("fleet"), QStringLiteral("check"), QStringLiteral("--fleet"), fleet},
              {QStringLiteral("fleet"), QStringLiteral("check"), QStringLiteral("--fleet"), fleet,
               QStringLiteral("--json")},
              {QStringLiteral("run"), QStringLiteral("--fleet"), fleet, QStringLiteral("--id"),
               QStringLiteral("t1"), QStringLiteral("--phases"), QStringLiteral("1")},
              {QStringLiteral("run"), QStringLiteral("--fleet"), fleet, QStringLiteral("--id"),
               QStringLiteral("t2"), QStringLiteral("--phases"), QStringLiteral("1"),
               QStringLiteral("--json")}}) {
            const Answer answer = run(dir, words);
            QVERIFY2(answer.code >= 0, answer.err.constData());
            QVERIFY2(!(answer.out + answer.err).isEmpty(), qPrintable(words.join(QLatin1Char(' '))));
            expectPlain(answer);
        }
    }

    void aFileIsShownAsLinesAndPipedAsBytes() {
        QTemporaryDir dir;
        const QString runs = dir.filePath(QStringLiteral("runs"));
        QList<EvidenceFile> files = test::goodEvidence();
        const QByteArray bytes = "first\r\n" + kHostile.toUtf8() + "\nlast";
        files.append({QStringLiteral("note.log"), bytes});
        publish(runs + QStringLiteral("/good"), files);
        QCOMPARE(run(dir, {QStringLiteral("import"), runs}).code, 0);
        const QStringList words{QStringLiteral("show"), QStringLiteral("good"), QStringLiteral("--file"),
                                QStringLiteral("note.log")};
        QCOMPARE(run(dir, words).out, bytes);
        QByteArray shown = onTerminal(dir, words);
        QVERIFY2(shown.contains("last"), shown.constData());
        shown.replace("\r\n", "\n"); // the terminal's own
        for (const char *acts : {"\x1b", "\r", "\x07", "\xc2\x9b"})
            QVERIFY2(!shown.contains(acts), shown.constData());
    }

    // On a terminal verdicts have colours and lines are cut to its width; a pipe gets neither.
    void aTerminalHasColoursAndAWidth() {
        const QTemporaryDir dir;
        importGood(dir);
        const QByteArray colour = "\x1b[31mINVALID EVIDENCE\x1b[0m";
        const QByteArray shown = onTerminal(dir, kList, {60, 40});
        QVERIFY2(shown.contains(colour), shown.constData());
        bool isCut = false;
        for (QByteArray line : shown.split('\n')) {
            line.replace("\x1b[31m", "").replace("\x1b[0m", "").replace("\r", "");
            QVERIFY2(QString::fromUtf8(line).size() <= 60, line.constData());
            isCut = isCut || line.endsWith("\xe2\x80\xa6");
        }
        QVERIFY2(isCut, shown.constData());
        QVERIFY(
            onTerminal(dir, {QStringLiteral("show"), QStringLiteral("good")}, {200, 200}).contains(colour));
        const Answer piped = run(dir, kList);
        QVERIFY(!piped.out.contains('\x1b') && !piped.out.contains("\xe2\x80\xa6"));
        const QByteArrayList all = piped.out.split('\n');
        QVERIFY(std::any_of(all.begin(), all.end(), [](const QByteArray &line) { return line.size() > 60; }));
    }

    void coloursAreAsTheEnvironmentSays() {
        const QTemporaryDir dir;
        importGood(dir);
        for (const char *off : {"NO_COLOR=1", "TERM=dumb", "TERM="})
            QVERIFY2(!onTerminal(dir, kList, {200, 40, {off}}).contains('\x1b'), off);
        QVERIFY(!onTerminal(dir, kList, {200, 40, {"NO_COLOR=1", "CLICOLOR_FORCE=1"}}).contains('\x1b'));
        for (const auto &[value, isColoured] : {std::pair{"1", true}, std::pair{"0", false}})
            QCOMPARE(run(dir, kList, {QStringLiteral("CLICOLOR_FORCE=") + QLatin1String(value)})
                         .out.contains("\x1b[31m"),
                     isColoured);
    }

    // What others say has no colour that could be taken for a verdict's.
    void wordsFromOutsideHaveNoColour() {
        QTemporaryDir dir;
        const QString runs = dir.filePath(QStringLiteral("runs"));
        QList<EvidenceFile> files = test::goodEvidence();
        test::changeJson(files, QStringLiteral("campaign-summary.json"), [](QJsonObject &summary) {
            for (const auto &key : {QStringLiteral("ref"), QStringLiteral("note"), QStringLiteral("verdict")})
                summary[key] = QStringLiteral("PROVEN");
        });
        publish(runs + QStringLiteral("/PROVEN"), files);
        QCOMPARE(run(dir, {QStringLiteral("import"), runs}).code, 0);
        for (const QStringList &words : {kList, {QStringLiteral("show"), QStringLiteral("PROVEN")}}) {
            const QByteArray shown = onTerminal(dir, words, {300, 500});
            QVERIFY2(shown.contains("PROVEN") && !shown.contains("\x1b[32m"), shown.constData());
        }
    }

    void onlyWhatIsLongerThanTheScreenIsPaged() {
        const QTemporaryDir dir;
        importGood(dir);
        const QStringList show{QStringLiteral("show"), QStringLiteral("good")};
        const char *pager = "PAGER=sed -e 's/^/paged /'";
        QVERIFY(onTerminal(dir, show, {200, 10, {pager}}).contains("paged "));
        QVERIFY(!onTerminal(dir, show, {200, 500, {pager}}).contains("paged "));
        QVERIFY(!onTerminal(dir, show + QStringList{QStringLiteral("--json")}, {200, 10, {pager}})
                     .contains("paged "));
        QVERIFY(!onTerminal(dir, show, {200, 10, {pager, "TERM=dumb"}}).contains("paged "));
        QVERIFY(onTerminal(dir, {QStringLiteral("run"), QStringLiteral("--help")}, {200, 10, {pager}})
                    .contains("paged "));
        QVERIFY(!onTerminal(dir, {QStringLiteral("fleet"), QStringLiteral("api")}, {200, 1, {pager}})
                     .contains("paged "));
        // The own variable comes first; nothing and "cat" mean no pager.
        QVERIFY(
            onTerminal(dir, show, {200, 10, {pager, "SLIPWAY_PAGER=sed -e 's/^/own /'"}}).contains("own "));
        for (const char *none : {"SLIPWAY_PAGER=", "SLIPWAY_PAGER=cat"})
            QVERIFY(!onTerminal(dir, show, {200, 10, {pager, none}}).contains("paged "));
        // A pager that is not there, or that is left at once, loses nothing and breaks nothing.
        const QByteArray broken = onTerminal(dir, show, {200, 10, {"PAGER=/nowhere/pager"}});
        QVERIFY2(broken.contains("INVALID EVIDENCE") && broken.contains("cannot be started"),
                 broken.constData());
        QVERIFY(!onTerminal(dir, show, {200, 10, {"PAGER=true"}}).contains("INVALID"));
        QVERIFY(!run(dir, show, {QLatin1String(pager)}).out.contains("paged "));
    }

    void thePagerGetsNoControlCharacters() {
        QTemporaryDir dir;
        const QString runs = dir.filePath(QStringLiteral("runs"));
        QList<EvidenceFile> files = test::goodEvidence();
        files.append({QStringLiteral("note.log"), kHostile.toUtf8() + QByteArray(40, '\n') + "last"});
        publish(runs + QStringLiteral("/good"), files);
        QCOMPARE(run(dir, {QStringLiteral("import"), runs}).code, 0);
        const QString seen = dir.filePath(QStringLiteral("seen"));
        const QByteArray pager = "PAGER=cat >'" + seen.toUtf8() + "'";
        onTerminal(dir,
                   {QStringLiteral("show"), QStringLiteral("good"), QStringLiteral("--file"),
                    QStringLiteral("note.log")},
                   {200, 10, {pager.constData()}});
        QFile file(seen);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(bytes.contains("last"), bytes.constData());
        for (const char *acts : {"\x1b", "\r", "\x07", "\xc2\x9b", "\x7f"})
            QVERIFY2(!bytes.contains(acts), bytes.constData());
    }

private:
    static void importGood(const QTemporaryDir &dir) {
        const QString runs = dir.filePath(QStringLiteral("runs"));
        publish(runs + QStringLiteral("/good"), test::goodEvidence());
        QCOMPARE(run(dir, {QStringLiteral("import"), runs}).code, 0);
    }

    static void expectPlain(const Answer &answer) {
        for (const QByteArray &bytes : {answer.out, answer.err})
            QVERIFY2(problemOf(bytes).isEmpty(), qPrintable(problemOf(bytes)));
    }

    static Answer run(const QTemporaryDir &dir, const QStringList &words, const QStringList &variables = {}) {
        QProcess process;
        process.setEnvironment(QProcess::systemEnvironment() + variables);
        process.start(kProgram,
                      QStringList{QStringLiteral("--data-dir"), dir.filePath(QStringLiteral("data"))} +
                          words);
        if (!process.waitForFinished(kTimeout) || process.exitStatus() != QProcess::NormalExit)
            return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    // What comes out of a terminal that the program writes to.
    static QByteArray onTerminal(const QTemporaryDir &dir, const QStringList &words,
                                 const Terminal &terminal = {}) {
        int master = -1;
        const QByteArray data = dir.filePath(QStringLiteral("data")).toUtf8();
        QList<QByteArray> arguments{kProgram.toUtf8(), "--data-dir", data};
        for (const QString &word : words)
            arguments << word.toUtf8();
        std::vector<char *> argv;
        for (QByteArray &argument : arguments)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        winsize window{};
        window.ws_col = terminal.columns;
        window.ws_row = terminal.rows;
        const pid_t child = forkpty(&master, nullptr, nullptr, &window);
        if (child == 0) {
            for (const char *name : {"NO_COLOR", "CLICOLOR_FORCE", "PAGER", "SLIPWAY_PAGER"})
                unsetenv(name);
            setenv("TERM", "xterm", 1);
            for (const QByteArray &variable : terminal.environment) {
                const qsizetype end = variable.indexOf('=');
                setenv(variable.left(end).constData(), variable.mid(end + 1).constData(), 1);
            }
            execv(argv.front(), argv.data());
            _exit(127);
        }
        QByteArray shown;
        std::array<char, 4096> buffer{};
        for (ssize_t size = 0; (size = read(master, buffer.data(), buffer.size())) > 0;)
            shown.append(buffer.data(), size);
        close(master);
        waitpid(child, nullptr, 0);
        return shown;
    }

    static void write(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(path));
    }

    static void publish(const QString &folder, const QList<EvidenceFile> &files) {
        QDir().mkpath(folder);
        for (const EvidenceFile &file : files)
            write(folder + QLatin1Char('/') + file.name, file.bytes);
    }

    inline static const QString kProgram = testPaths::program("slipwayctl");
};

QTEST_GUILESS_MAIN(TerminalTest)
#include "tst_terminal.moc"
