// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/shellprogram.h"
#include "tests/models/evidence/goodevidence.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace slipway;
using test::Answer;

namespace {

const QString kGuide = testPaths::source("resources/guide");

QStringList topics() {
    QStringList names;
    for (const QString &file : QDir(kGuide).entryList({QStringLiteral("*.md")}, QDir::Files, QDir::Name))
        names << QFileInfo(file).completeBaseName();
    return names;
}

QByteArray textOf(const QString &topic) {
    QFile file(QStringLiteral("%1/%2.md").arg(kGuide, topic));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The lines of its blocks of commands.
QStringList commandsOf(const QString &topic) {
    QStringList commands;
    for (const QString &line : QString::fromUtf8(textOf(topic)).split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String("    ")))
            commands << line.trimmed();
    }
    return commands;
}

} // namespace

// The guide says nothing that the program does not do: every command of it is known, and those that need no
// cloud and no host but the sandbox's are run, in their order.
class GuideTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_ctl = std::make_unique<test::ShellProgram>(); }

    void helpListsAndPrintsEachTopic() {
        QCOMPARE(QString::fromUtf8(m_ctl->run("help guide").out).split(QLatin1Char('\n'), Qt::SkipEmptyParts),
                 topics());
        QVERIFY(topics().size() >= 7);
        for (const QString &topic : topics()) {
            const Answer answer = m_ctl->run({QStringLiteral("help"), topic});
            QCOMPARE(answer.code, 0);
            QCOMPARE(answer.out.trimmed(), textOf(topic).trimmed());
            // No command has its name, which "help" would hide.
            QCOMPARE(m_ctl->run({topic}).code, 2);
        }
        QCOMPARE(m_ctl->run("help no-such-topic").code, 2);
    }

    void eachCommandIsKnown_data() {
        QTest::addColumn<QString>("command");
        for (const QString &topic : topics()) {
            for (const QString &command : commandsOf(topic))
                QTest::newRow(qPrintable(topic + QStringLiteral(": ") + command)) << command;
        }
    }
    void eachCommandIsKnown() {
        QFETCH(const QString, command);
        const QStringList words = QProcess::splitCommand(
            QString(command).remove(QRegularExpression(QStringLiteral(" \\|\\| \\[ \\$\\? = \\d \\]"))));
        QCOMPARE(words.constFirst(), QStringLiteral("slipwayctl"));
        QStringList name;
        QString help;
        for (qsizetype i = 1; i < words.size() && i <= 2; ++i) {
            const Answer answer =
                m_ctl->run(QStringList{QStringLiteral("help")} + name + QStringList{words.at(i)});
            if (answer.code != 0)
                break;
            name << words.at(i);
            help = QString::fromUtf8(answer.out);
        }
        QVERIFY2(!name.isEmpty(), qPrintable(command));
        for (const QString &word : words.mid(1 + name.size())) {
            if (word.startsWith(QLatin1String("--")))
                QVERIFY2(help.contains(QRegularExpression(word + QStringLiteral("\\b"))), qPrintable(word));
        }
    }

    void whatNeedsNoCloudIsRun() {
        QVERIFY(QProcess::execute(QStringLiteral("git"),
                                  {QStringLiteral("init"), QStringLiteral("--bare"),
                                   QStringLiteral("--initial-branch=main"), QStringLiteral("--quiet"),
                                   m_ctl->path(QStringLiteral("pages.git"))}) == 0);
        for (const char *run : {"r14", "r15"}) {
            auto files = test::goodEvidence({50, 100, 80});
            files.removeIf(
                [](const EvidenceFile &file) { return file.name == QLatin1String("phase4.json"); });
            m_ctl->publish(QStringLiteral("runs/") + QLatin1String(run), files);
        }
        m_ctl->setEnvironment(QStringLiteral("PAGES"), m_ctl->path(QStringLiteral("pages.git")));
        for (const char *name : {"GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"})
            m_ctl->setEnvironment(QLatin1String(name), QStringLiteral("A Person"));
        for (const char *name : {"GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"})
            m_ctl->setEnvironment(QLatin1String(name), QStringLiteral("person@example.org"));
        for (const auto &topic : {QStringLiteral("first-campaign"), QStringLiteral("triaging"),
                                  QStringLiteral("publishing"), QStringLiteral("ci")}) {
            for (const QString &command : commandsOf(topic)) {
                if (command.startsWith(QLatin1String("slipwayctl verify ./runs/first")))
                    QVERIFY(m_ctl
                                ->shell(QStringLiteral(
                                    "git clone --quiet \"$PAGES\" clone && cp -r clone/runs ."))
                                .code == 0);
                const Answer answer = m_ctl->shell(
                    QString(command).replace(QStringLiteral("slipwayctl"), QStringLiteral("$CTL")));
                const QByteArray said =
                    command.toUtf8() + '\n' + answer.out.right(2000) + answer.err.right(2000);
                // What a campaign came to is its exit code; nothing to resume is one, too.
                const bool judges =
                    command.contains(QRegularExpression(QStringLiteral("slipwayctl (run|verify|diff)\\b")));
                const bool resumes = command == QLatin1String("slipwayctl resume");
                QVERIFY2(answer.code == 0 || (judges && (answer.code == 3 || answer.code == 1)) ||
                             (resumes && answer.code == 2),
                         said.constData());
            }
        }
    }

private:
    std::unique_ptr<test::ShellProgram> m_ctl;
};

QTEST_GUILESS_MAIN(GuideTest)
#include "tst_guide.moc"
