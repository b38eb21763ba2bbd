// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/sendsignal.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

namespace {

constexpr int kTimeout = 180'000;

struct Answer {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

} // namespace

// One campaign owns its hosts, for every process, person and data directory; what it leaves there when it is
// killed is named, and ended only when that is asked for.
class HostOwnerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_dir.isValid());
        QCOMPARE(run(m_dir.path(), {QStringLiteral("sandbox"), QStringLiteral("up")}).code, 0);
    }
    void cleanupTestCase() {
        QCOMPARE(run(m_dir.path(), {QStringLiteral("sandbox"), QStringLiteral("down")}).code, 0);
    }

    void ofTwoThatBeginAtOnceOneRuns() {
        const auto one = begin(QStringLiteral("one"), {QStringLiteral("--phases"), QStringLiteral("1")});
        const auto two = begin(QStringLiteral("two"), {QStringLiteral("--phases"), QStringLiteral("1")});
        const Answer first = end(*one);
        const Answer second = end(*two);
        QVERIFY2(qMin(first.code, second.code) == 2 && qMax(first.code, second.code) == 4,
                 (first.err + second.err).constData());
        const Answer &refused = first.code == 2 ? first : second;
        const QByteArray other = first.code == 2 ? "two" : "one";
        QVERIFY2(refused.err.contains("belongs to campaign " + other), refused.err.constData());
        QVERIFY2(refused.err.contains("It runs now"), refused.err.constData());
        // Nothing of it is in its archive, and the hosts are free again.
        const QString archive = dataOf(first.code == 2 ? QStringLiteral("one") : QStringLiteral("two"));
        QCOMPARE(QJsonDocument::fromJson(run(archive, {QStringLiteral("list"), QStringLiteral("--json")}).out)
                     .array()
                     .size(),
                 0);
        expectFreeHosts();
    }

    void aCampaignThatRunsIsNotTakenOver() {
        const auto led = begin(QStringLiteral("led"), kPhase2);
        QVERIFY(waitFor(*led, "burst on chaos: running"));
        const Answer refused = end(*begin(QStringLiteral("second"), {QStringLiteral("--take-over")}));
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains("belongs to campaign led") && refused.err.contains("It runs now"),
                 refused.err.constData());
        slipway::test::sendSignal(*led, SIGINT);
        QVERIFY(end(*led).code >= 0);
        expectFreeHosts();
    }

    void whatAKilledOneLeftIsNamedAndEndedOnRequest() {
        const auto killed = begin(QStringLiteral("killed"), kPhase2);
        QVERIFY(waitFor(*killed, "burst on chaos: running"));
        killed->kill();
        QVERIFY(killed->waitForFinished());
        QVERIFY(!processes().isEmpty());
        const Answer refused = end(*begin(QStringLiteral("next"), kPhase2));
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains("belongs to campaign killed") &&
                     refused.err.contains("resume killed") && refused.err.contains("--take-over"),
                 refused.err.constData());
        const Answer checked = run(m_dir.path(), {QStringLiteral("fleet"), QStringLiteral("check"),
                                                  QStringLiteral("--fleet"), fleet()});
        QCOMPARE(checked.code, 1);
        QVERIFY2(checked.out.contains("1 process of an earlier run is still there") &&
                     checked.out.contains("port 9077"),
                 checked.out.constData());
        const Answer next =
            end(*begin(QStringLiteral("next"), QStringList{QStringLiteral("--take-over")} + kPhase2));
        const auto phases =
            QJsonDocument::fromJson(next.out)[QLatin1String("judgement")][QLatin1String("phases")].toArray();
        QVERIFY2(next.code == 4 && phases.size() == 4, next.err.constData());
        QCOMPARE(phases.at(1)[QLatin1String("verdict")].toString(), QStringLiteral("PROVEN"));
        expectFreeHosts();
    }

    void aKilledOneIsResumedByItself() {
        const auto killed = begin(QStringLiteral("again"), kPhase2);
        QVERIFY(waitFor(*killed, "burst on chaos: running"));
        killed->kill();
        QVERIFY(killed->waitForFinished());
        const Answer resumed =
            run(dataOf(QStringLiteral("again")), {QStringLiteral("resume"), QStringLiteral("again")});
        QVERIFY2(resumed.code == 4, resumed.err.constData());
        QVERIFY2(resumed.out.contains("again: INCOMPLETE"), resumed.out.constData());
        expectFreeHosts();
    }

    // What a killed call asked of a host ends after it: between two questions of the one that takes its hosts
    // over, the first of them gets another holder, twice, whom nobody leads either.
    void aHolderThatChangesMeanwhileIsTakenOverToo() {
        const QDir home(m_dir.filePath(QStringLiteral("sandbox/hosts/node-a/fs/root")));
        const QString claim = QStringLiteral(".local/state/slipway/campaign");
        QVERIFY(home.mkpath(claim) && home.mkpath(QStringLiteral(".ssh")));
        put(home.filePath(claim + QStringLiteral("/owner")),
            "campaign gone\ntoken 0000\nperson ada@laptop\ndata-dir /gone\nsince long ago\n");
        // sshd runs it before each command: the one that asks, then each that takes from whom it named.
        put(home.filePath(QStringLiteral(".ssh/rc")),
            "cd ~/.local/state/slipway/campaign && grep -q '^token 00' owner || exit 0\n"
            "echo x >>~/changes\n"
            "[ \"$(wc -l <~/changes)\" -le 3 ] && sed -i \"s/^token .*/token 000$(wc -l <~/changes)/\" "
            "owner\n"
            "touch -d yesterday owner\n");
        const Answer taken =
            end(*begin(QStringLiteral("heir"),
                       {QStringLiteral("--take-over"), QStringLiteral("--phases"), QStringLiteral("1")}));
        QVERIFY(QFile::remove(home.filePath(QStringLiteral(".ssh/rc"))));
        QVERIFY2(taken.code == 4, taken.err.constData());
        QFile changes(home.filePath(QStringLiteral("changes")));
        QVERIFY(changes.open(QIODevice::ReadOnly));
        QVERIFY(changes.readAll().count('x') >= 3);
        expectFreeHosts();
    }

private:
    [[nodiscard]] QString dataOf(const QString &id) const {
        return m_dir.filePath(QStringLiteral("of-") + id);
    }
    [[nodiscard]] QString fleet() const { return m_dir.filePath(QStringLiteral("sandbox/fleet.json")); }

    static void put(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    static std::unique_ptr<QProcess> start(const QString &dataDir, const QStringList &words) {
        auto process = std::make_unique<QProcess>();
        process->start(testPaths::program("slipwayctl"),
                       QStringList{QStringLiteral("--data-dir"), dataDir} + words);
        return process;
    }

    [[nodiscard]] std::unique_ptr<QProcess> begin(const QString &id, const QStringList &options) const {
        return start(dataOf(id), QStringList{QStringLiteral("run"), QStringLiteral("--fleet"), fleet(),
                                             QStringLiteral("--id"), id, QStringLiteral("--json")} +
                                     options);
    }

    static Answer end(QProcess &process) {
        if (!process.waitForFinished(kTimeout) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    static Answer run(const QString &dataDir, const QStringList &words) {
        return end(*start(dataDir, words));
    }

    static bool waitFor(QProcess &process, const QByteArray &words) {
        QByteArray said;
        return QTest::qWaitFor(
                   [&] {
                       process.waitForReadyRead(20);
                       said += process.readAllStandardError();
                       return said.contains(words) || process.state() == QProcess::NotRunning;
                   },
                   kTimeout) &&
               said.contains(words);
    }

    // Job processes of the sandbox's hosts: their cookie and a root of this sandbox's.
    [[nodiscard]] QStringList processes() const {
        QStringList found;
        const Answer checked = run(m_dir.path(), {QStringLiteral("fleet"), QStringLiteral("check"),
                                                  QStringLiteral("--fleet"), fleet()});
        for (const QByteArray &line : checked.out.split('\n')) {
            if (line.contains("of an earlier run"))
                found << QString::fromUtf8(line);
        }
        return found;
    }

    void expectFreeHosts() const {
        const Answer checked = run(m_dir.path(), {QStringLiteral("fleet"), QStringLiteral("check"),
                                                  QStringLiteral("--fleet"), fleet()});
        QVERIFY2(checked.code == 0,
                 qPrintable(QString::number(checked.code) + QString::fromUtf8(checked.out + checked.err)));
        QDirIterator all(m_dir.filePath(QStringLiteral("sandbox/hosts")), {QStringLiteral("owner")},
                         QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext())
            QVERIFY2(!all.next().endsWith(QLatin1String("slipway/campaign/owner")),
                     qPrintable(all.filePath()));
    }

    inline static const QStringList kPhase2{QStringLiteral("--phases"), QStringLiteral("2"),
                                            QStringLiteral("--set"), QStringLiteral("settle_seconds=5")};
    QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(HostOwnerTest)
#include "tst_hostowner.moc"
