// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/remotejob.h"
#include "app/ssh/sshshell.h"
#include "tests/support/testsshd.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace slipway;
using slipway::test::TestSshd;

namespace {

constexpr int kTimeout = 12'000;

JobSpec specOf(const QByteArray &script, const QString &id = QStringLiteral("job-1")) {
    JobSpec spec;
    spec.id = id;
    spec.script = script;
    spec.interpreter = QStringLiteral("bash");
    spec.workDir = QStringLiteral("/tmp");
    return spec;
}

// A job with what came of it.
struct Watched {
    Watched(RemoteShell &shell, const JobSpec &spec) : job(shell, spec) {
        QObject::connect(&job, &RemoteJob::outputArrived, &job,
                         [this](qint64 offset, const QByteArray &bytes) {
                             contiguous = contiguous && offset == out.size();
                             out += bytes;
                         });
        QObject::connect(&job, &RemoteJob::logArrived, &job, [this](qint64 offset, const QByteArray &bytes) {
            contiguous = contiguous && offset == log.size();
            log += bytes;
        });
        QObject::connect(&job, &RemoteJob::finished, &job, [this](const JobResult &r) {
            ++ends;
            result = r;
        });
        QObject::connect(&job, &RemoteJob::failed, &job, [this](const Error &e) {
            ++ends;
            error = e;
        });
    }
    bool wait(int ms = kTimeout) {
        return QTest::qWaitFor([this] { return ends > 0; }, ms);
    }

    RemoteJob job;
    QByteArray out;
    QByteArray log;
    bool contiguous = true;
    int ends = 0;
    std::optional<JobResult> result;
    std::optional<Error> error;
};

} // namespace

class RemoteJobTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_sshd = std::make_unique<TestSshd>();
        m_shell = std::make_unique<SshShell>(m_sshd->host(), SshOptions{});
    }
    void cleanup() {
        m_shell.reset();
        m_sshd.reset();
    }

    void streamsAndExitCodeArrive() {
        Watched watched(*m_shell, specOf("echo out; echo log >&2; exit 3"));
        watched.job.start();
        QVERIFY(watched.wait());
        QVERIFY2(watched.result, watched.error ? qPrintable(watched.error->text) : "");
        QCOMPARE(watched.result->state, JobState::Exited);
        QCOMPARE(watched.result->exitCode, 3);
        QCOMPARE(watched.out, QByteArray("out\n"));
        QCOMPARE(watched.log, QByteArray("log\n"));
    }

    void signalsAreReported() {
        Watched watched(*m_shell, specOf("kill -KILL $$"));
        watched.job.start();
        QVERIFY(watched.wait() && watched.result);
        QCOMPARE(watched.result->state, JobState::Signalled);
        QCOMPARE(watched.result->signalName, QStringLiteral("KILL"));
    }

    // A program that ignores TERM, with a child that fled into a session of its own. Nobody follows it
    // meanwhile.
    void aJobIsEndedAtItsDeadline() {
        JobSpec spec = specOf("trap '' TERM; setsid sleep 600 & echo began; while :; do sleep 1; done");
        spec.deadlineSeconds = 1;
        {
            Watched watched(*m_shell, spec);
            watched.job.start();
            QVERIFY(QTest::qWaitFor([&] { return watched.out == "began\n"; }, kTimeout));
        }
        Watched again(*m_shell, spec);
        again.job.start();
        QVERIFY(again.wait(3 * kTimeout) && again.result);
        QVERIFY2(again.result->state == JobState::Overdue, qPrintable(again.result->text));
        QCOMPARE(again.out, QByteArray("began\n"));
        QCOMPARE(again.result->text, QStringLiteral("its host ended it at its deadline"));
    }

    void aJobThatEndsInTimeIsNotOverdue() {
        JobSpec spec = specOf("echo done");
        spec.deadlineSeconds = 1;
        Watched watched(*m_shell, spec);
        watched.job.start();
        QVERIFY(watched.wait() && watched.result);
        QCOMPARE(watched.result->state, JobState::Exited);
    }

    void valuesArriveAsData_data() {
        QTest::addColumn<QByteArray>("value");
        for (const char *value :
             {"plain", "two words", "it's", "\"quoted\"", "$(touch pwned)", "`touch pwned`", "a\nb", "-rf",
              "\\", "'; touch pwned; '", "$HOME", "*", "; exit 9", "Grüße \xff\xfe"})
            QTest::newRow(value) << QByteArray(value);
    }

    void valuesArriveAsData() {
        QFETCH(QByteArray, value);
        JobSpec spec = specOf("printf %s \"$VALUE\"; ls -A");
        spec.workDir = m_sshd->home();
        spec.script = "printf %s \"$VALUE\"; [ ! -e pwned ] || exit 66";
        spec.environment = {{"VALUE", value}};
        Watched watched(*m_shell, spec);
        watched.job.start();
        QVERIFY(watched.wait() && watched.result);
        QCOMPARE(watched.result->exitCode, 0);
        QCOMPARE(watched.out, value);
    }

    void badSpecsAreRefused_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("name");
        for (const auto &id : {QStringLiteral("-rf"), QStringLiteral("../x"), QStringLiteral("a b"),
                               QStringLiteral("$(id)"), QString()})
            QTest::newRow(qPrintable(QStringLiteral("id ") + id)) << id << QByteArray("NAME");
        QTest::newRow("name") << QStringLiteral("ok") << QByteArray("A;B");
    }

    void badSpecsAreRefused() {
        QFETCH(QString, id);
        QFETCH(QByteArray, name);
        JobSpec spec = specOf("true", id);
        spec.environment = {{name, "x"}};
        Watched watched(*m_shell, spec);
        watched.job.start();
        QVERIFY(watched.error);
        QCOMPARE(watched.error->code, ErrorCode::InvalidInput);
        QCOMPARE(m_shell->state(), RemoteShell::State::Closed);
    }

    void startingTwiceRunsOnce() {
        SshShell second(m_sshd->host(), {});
        const JobSpec spec = specOf("echo run >>runs; sleep 1; cat runs");
        JobSpec here = spec;
        here.workDir = m_sshd->home();
        Watched one(*m_shell, here);
        Watched two(second, here);
        one.job.start();
        two.job.start();
        QVERIFY(one.wait() && two.wait());
        QVERIFY(one.result && two.result);
        QCOMPARE(one.out, QByteArray("run\n"));
        QCOMPARE(two.out, QByteArray("run\n"));
    }

    void noByteIsLostWhenConnectionsAreCut() {
        // 24 MiB of every byte value while the server's sessions are killed again and again.
        Watched watched(
            *m_shell,
            specOf("for i in $(seq 48); do head -c 524288 /dev/urandom; sleep 0.1; done; echo done >&2"));
        watched.job.start();
        int cuts = 0;
        QTimer cutter;
        connect(&cutter, &QTimer::timeout, this, [&] {
            if (m_shell->state() == RemoteShell::State::Open && cuts < 8) {
                m_sshd->killSessions();
                ++cuts;
            }
        });
        cutter.start(600);
        QVERIFY(watched.wait(120'000));
        QVERIFY2(watched.result, watched.error ? qPrintable(watched.error->text) : "");
        QVERIFY(watched.contiguous);
        QVERIFY2(cuts >= 5, qPrintable(QString::number(cuts)));
        QCOMPARE(watched.out.size(), 48 * 524288);
        QCOMPARE(watched.log, QByteArray("done\n"));
        QCOMPARE(watched.ends, 1);
    }

    void jobOutlivesItsWatcher() {
        JobSpec spec = specOf("echo begun; sleep 1; echo over >survived");
        spec.workDir = m_sshd->home();
        {
            Watched watched(*m_shell, spec);
            watched.job.start();
            QTRY_VERIFY_WITH_TIMEOUT(!watched.out.isEmpty(), kTimeout);
        }
        m_shell.reset();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_sshd->home() + QStringLiteral("/survived")), kTimeout);
    }

    // Notified between its rounds, the program ends that part of its work, and everything arrives.
    void aProgramIsNotifiedThatItIsEnough() {
        Watched watched(*m_shell, specOf("for part in a_1 b_2; do\n"
                                         "  echo begin $part\n"
                                         "  until [ -e \"${0%/*}/enough-$part\" ]; do sleep 0.05; done\n"
                                         "done\necho done\n"));
        watched.job.start();
        QVERIFY(QTest::qWaitFor([&] { return watched.out == "begin a_1\n"; }, kTimeout));
        watched.job.sayEnough(QStringLiteral("../a_1")); // no part of a path
        watched.job.sayEnough(QStringLiteral("b_2"));
        QTest::qWait(500);
        QCOMPARE(watched.out, QByteArray("begin a_1\n"));
        watched.job.sayEnough(QStringLiteral("a_1"));
        QVERIFY(watched.wait());
        QVERIFY(watched.result);
        QCOMPARE(watched.result->state, JobState::Exited);
        QCOMPARE(watched.result->exitCode, 0);
        QCOMPARE(watched.out, QByteArray("begin a_1\nbegin b_2\ndone\n"));
    }

    void stopLeavesNothingBehind() {
        // Immune to TERM, and with a child in a session of its own.
        JobSpec spec = specOf("trap '' TERM; setsid sleep 1234567 & echo $! $$; while :; do sleep 1; done");
        Watched watched(*m_shell, spec);
        watched.job.start();
        QTRY_VERIFY_WITH_TIMEOUT(watched.out.endsWith('\n'), kTimeout);
        watched.job.stop();
        QVERIFY(watched.wait(60'000) && watched.result);
        QCOMPARE(watched.result->state, JobState::Cancelled);
        for (const QByteArray &pid : watched.out.simplified().split(' '))
            QTRY_VERIFY_WITH_TIMEOUT(::kill(static_cast<pid_t>(pid.toInt()), 0) != 0, kTimeout);
    }

    void goneSupervisorIsReported() {
        Watched watched(*m_shell, specOf("echo up; sleep 2; echo last"));
        watched.job.start();
        QTRY_VERIFY_WITH_TIMEOUT(!watched.out.isEmpty(), kTimeout);
        QFile note(jobDir() + QStringLiteral("/supervisor"));
        QVERIFY(note.open(QIODevice::ReadOnly));
        QCOMPARE(::kill(static_cast<pid_t>(note.readAll().split(' ').constFirst().toInt()), SIGKILL), 0);
        QVERIFY(watched.wait() && watched.result);
        QCOMPARE(watched.result->state, JobState::WrapperGone);
        QCOMPARE(watched.out,
                 QByteArray("up\nlast\n")); // all that the phase wrote, also without its supervisor
    }

    void rebootIsReported() {
        Watched watched(*m_shell, specOf("echo up; sleep 3"));
        watched.job.start();
        QTRY_VERIFY_WITH_TIMEOUT(!watched.out.isEmpty(), kTimeout);
        QFile note(jobDir() + QStringLiteral("/supervisor"));
        QVERIFY(note.open(QIODevice::ReadWrite));
        QList<QByteArray> words = note.readAll().simplified().split(' ');
        words[2] = "00000000-0000-0000-0000-000000000000"; // an older boot
        note.seek(0);
        note.write(words.join(' ') + '\n');
        note.resize(note.pos());
        note.close();
        QVERIFY(watched.wait() && watched.result);
        QCOMPARE(watched.result->state, JobState::HostRebooted);
    }

    void removedFolderIsReported() {
        Watched watched(*m_shell, specOf("echo up; sleep 2"));
        watched.job.start();
        QTRY_VERIFY_WITH_TIMEOUT(!watched.out.isEmpty(), kTimeout);
        QVERIFY(QDir(jobDir()).removeRecursively());
        QVERIFY(watched.wait() && watched.result);
        QCOMPARE(watched.result->state, JobState::Vanished);
    }

    void foreignProcessWithTheSamePidIsNotOurs() {
        Watched watched(*m_shell, specOf("echo up; sleep 600"));
        watched.job.start();
        QTRY_VERIFY_WITH_TIMEOUT(!watched.out.isEmpty(), kTimeout);
        watched.job.stop();
        QVERIFY(watched.wait() && watched.result);
        // Forged: our own pid with another start time, no result. It must count as gone.
        QVERIFY(QFile::remove(jobDir() + QStringLiteral("/result")));
        QFile boot(QStringLiteral("/proc/sys/kernel/random/boot_id"));
        QVERIFY(boot.open(QIODevice::ReadOnly));
        for (const auto &name : {QStringLiteral("/supervisor"), QStringLiteral("/phase")}) {
            QFile note(jobDir() + name);
            QVERIFY(note.open(QIODevice::WriteOnly | QIODevice::Truncate));
            note.write(QByteArray::number(QCoreApplication::applicationPid()) + " 1 " + boot.readAll());
            boot.seek(0);
        }
        Watched again(*m_shell, specOf("echo never"));
        again.job.start();
        QVERIFY(again.wait() && again.result);
        QCOMPARE(again.result->state, JobState::WrapperGone);
    }

    void changedStreamIsNotBelieved() {
        {
            Watched watched(*m_shell, specOf("echo as it was"));
            watched.job.start();
            QVERIFY(watched.wait() && watched.result);
        }
        QTRY_VERIFY(QFile::exists(jobDir() + QStringLiteral("/sums")));
        QFile out(jobDir() + QStringLiteral("/stdout"));
        QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
        out.write("as it is.\n"); // as long
        out.close();
        Watched again(*m_shell, specOf("echo never"));
        again.job.start();
        QVERIFY(again.wait());
        QVERIFY(again.error);
        QCOMPARE(again.error->code, ErrorCode::Corrupt);
    }

    void hashesAreTakenWhereNoneWereNoted() {
        {
            Watched watched(*m_shell, specOf("echo fine"));
            watched.job.start();
            QVERIFY(watched.wait() && watched.result);
        }
        QTRY_VERIFY(QFile::exists(jobDir() + QStringLiteral("/sums")));
        QVERIFY(QFile::remove(jobDir() + QStringLiteral("/sums")));
        Watched again(*m_shell, specOf("echo never"));
        again.job.start();
        QVERIFY(again.wait() && again.result);
        QCOMPARE(again.result->state, JobState::Exited);
        QCOMPARE(again.out, QByteArray("fine\n"));
    }

    void noisyLoginsDoNotHarm() {
        QFile rc(m_sshd->home() + QStringLiteral("/.bashrc"));
        QVERIFY(rc.open(QIODevice::WriteOnly));
        rc.write("echo 'Welcome to this host'; echo 'and its rules'\n");
        rc.close();
        Watched watched(*m_shell, specOf("echo fine"));
        watched.job.start();
        QVERIFY(watched.wait() && watched.result);
        QCOMPARE(watched.out, QByteArray("fine\n"));
    }

    void tamperedHelperIsReplaced() {
        {
            Watched watched(*m_shell, specOf("true", QStringLiteral("first")));
            watched.job.start();
            QVERIFY(watched.wait() && watched.result);
        }
        const QDir bin(m_sshd->home() + QStringLiteral("/.local/state/slipway/bin"));
        const QStringList helpers = bin.entryList({QStringLiteral("job-*.sh")});
        QCOMPARE(helpers.size(), 1);
        QFile helper(bin.filePath(helpers.constFirst()));
        QVERIFY(helper.open(QIODevice::WriteOnly | QIODevice::Truncate));
        helper.write("echo tampered\n");
        helper.close();
        Watched watched(*m_shell, specOf("echo fine", QStringLiteral("second")));
        watched.job.start();
        QVERIFY(watched.wait() && watched.result);
        QCOMPARE(watched.out, QByteArray("fine\n"));
    }

private:
    [[nodiscard]] QString jobDir() const {
        return m_sshd->home() + QStringLiteral("/.local/state/slipway/jobs/job-1");
    }

    std::unique_ptr<TestSshd> m_sshd;
    std::unique_ptr<SshShell> m_shell;
};

QTEST_GUILESS_MAIN(RemoteJobTest)
#include "tst_remotejob.moc"
