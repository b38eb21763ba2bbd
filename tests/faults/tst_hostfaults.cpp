// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/linesplitter.h"
#include "tests/app/sandbox/sandboxprobe.h"
#include "tests/faults/faultrig.h"

#include <QFile>
#include <QTest>

#include <csignal>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr qint64 kGigabyte = qint64(1024) * 1024 * 1024;
constexpr int kTimeout = 300'000;

const QString kJobs = QStringLiteral("$HOME/.local/state/slipway/jobs/");

qint64 peakMemory() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').value(1).toLongLong() * 1024;
    }
    return -1;
}

} // namespace

// What may happen on a host, and what its programs may print. The bytes so far are kept, the end is named for
// what it is, and nothing that was not seen is taken for a pass.
class HostFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const auto fleet = m_box.sandbox.up({});
        QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
        m_fleet = *fleet;
        if (!m_box.namespaces())
            QSKIP("Faults of hosts need hosts with namespaces of their own.");
    }

    void theEndIsNamed_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<JobState>("state");
        QTest::addColumn<bool>("whole"); // all that the phase writes, although it ended otherwise
        const QString killed = QStringLiteral("kill -KILL $(cut -d' ' -f1 %1job-N/%2)");
        QTest::newRow("phase killed")
            << killed.arg(kJobs, QStringLiteral("phase")) << JobState::Signalled << false;
        QTest::newRow("supervisor killed")
            << killed.arg(kJobs, QStringLiteral("supervisor")) << JobState::WrapperGone << true;
        QTest::newRow("both killed") << killed.arg(kJobs, QStringLiteral("supervisor")) + QLatin1Char('\n') +
                                            killed.arg(kJobs, QStringLiteral("phase"))
                                     << JobState::WrapperGone << false;
        QTest::newRow("folder removed")
            << QStringLiteral("rm -rf %1job-N").arg(kJobs) << JobState::Vanished << false;
        QTest::newRow("stdout cut short")
            << QStringLiteral("truncate -s 10 %1job-N/stdout").arg(kJobs) << JobState::Vanished << false;
    }

    void theEndIsNamed() {
        QFETCH(const QString, fault);
        QFETCH(const JobState, state);
        QFETCH(const bool, whole);
        const Host &host = m_fleet.hosts.at(0);
        const QString id = nextId();
        WatchedJob watched(host, numberedJob(id));
        QVERIFY(watched.waitForOutput(400));
        QVERIFY(inject(host, QString(fault).replace(QStringLiteral("job-N"), id)));
        QVERIFY(watched.waitForEnd());
        QVERIFY2(watched.result, watched.error ? qPrintable(watched.error->text) : "");
        QVERIFY2(watched.result->state == state, qPrintable(watched.result->text));
        QVERIFY(watched.contiguous);
        QVERIFY(numberedOutput().startsWith(watched.out));
        QCOMPARE(watched.out == numberedOutput(), whole);
    }

    void aHostThatBootsAnewIsReported() {
        const Host &host = m_fleet.hosts.at(1);
        WatchedJob watched(host, numberedJob(nextId()));
        QVERIFY(watched.waitForOutput(400));
        ::kill(static_cast<pid_t>(m_box.pids().value(host.name)), SIGKILL);
        QVERIFY(m_box.sandbox.up({}));
        QVERIFY(watched.waitForEnd());
        QVERIFY2(watched.result, watched.error ? qPrintable(watched.error->text) : "");
        QVERIFY2(watched.result->state == JobState::HostRebooted, qPrintable(watched.result->text));
        QVERIFY(numberedOutput().startsWith(watched.out));
        QVERIFY(!watched.out.isEmpty());
    }

    void aFullDiskIsReported() {
        const Host &host = m_fleet.hosts.at(2);
        onHost(host,
               QStringLiteral(
                   "mkdir -p .local/state/slipway; mount -t tmpfs -o size=200k tmpfs .local/state/slipway"));
        JobSpec spec = numberedJob(nextId());
        spec.script = "for ((i = 0; i < 4000; i++)); do printf 'line %04d of a stream that must come "
                      "whole\\n' $i; done\n"
                      "exit 7\n";
        WatchedJob watched(host, spec);
        QVERIFY(watched.waitForEnd());
        onHost(host, QStringLiteral("umount -l .local/state/slipway"));
        QVERIFY2(watched.result, watched.error ? qPrintable(watched.error->text) : "");
        QVERIFY2(watched.result->state == JobState::Exited, qPrintable(watched.result->text));
        QCOMPARE(watched.result->exitCode, 7); // it survives the full disk
        QVERIFY(watched.result->noSpace);
        QVERIFY(!watched.out.isEmpty());
    }

    void aChangedHostKeyEndsItAtOnce() {
        const Host &host = m_fleet.hosts.at(3);
        WatchedJob watched(host, numberedJob(nextId()));
        QVERIFY(watched.waitForOutput(400));
        QVERIFY(inject(
            host,
            QStringLiteral("cd /etc/ssh; cp -p ssh_host_ed25519_key kept; rm ssh_host_ed25519_key\n"
                           "ssh-keygen -q -t ed25519 -N '' -f ssh_host_ed25519_key\n"
                           "pkill -KILL sshd; sleep 6; mv kept ssh_host_ed25519_key; pkill -KILL sshd")));
        QVERIFY(watched.waitForEnd());
        QVERIFY(watched.error);
        QCOMPARE(watched.error->code, ErrorCode::HostKeyRefused);
        QVERIFY2(watched.error->text.contains(host.name), qPrintable(watched.error->text));
        QVERIFY(!watched.out.isEmpty() && numberedOutput().startsWith(watched.out));
        // A connection that met the dying sshd is given up after 30 s by itself.
        QTRY_VERIFY_WITH_TIMEOUT(onHost(host, QStringLiteral("echo here")) == "here\n", 120'000);
    }

    void manyStartersRunItOnce() {
        const Host &host = m_fleet.hosts.at(0);
        const JobSpec spec = numberedJob(nextId());
        std::vector<std::unique_ptr<WatchedJob>> jobs;
        for (int i = 0; i < 8; ++i)
            jobs.push_back(std::make_unique<WatchedJob>(host, spec));
        for (const auto &job : jobs) {
            QVERIFY(job->waitForEnd());
            QCOMPARE(job->notAsIfNothingHadBeen(), QString());
        }
        QCOMPARE(onHost(host, QStringLiteral("wc -l <runs-job-%1").arg(m_number)).trimmed(), QByteArray("1"));
    }

    void stopGetsThroughAFlood() {
        const Host &host = m_fleet.hosts.at(0);
        JobSpec spec = numberedJob(nextId());
        // Some 30 MB a second: without a bound it would be the disk that stops it.
        spec.script = "trap '' TERM\nsetsid sleep 7654 &\n"
                      "while :; do yes 'a flood of lines' | head -n 100000; sleep 0.05; done\n";
        WatchedJob watched(host, spec);
        QVERIFY(watched.waitForOutput(qsizetype(4) * 1024 * 1024));
        watched.job->stop();
        // What has been written so far still comes whole.
        QVERIFY(QTest::qWaitFor([&] { return watched.ends > 0; }, kTimeout));
        QVERIFY2(watched.result, watched.error ? qPrintable(watched.error->text) : "");
        QCOMPARE(watched.result->state, JobState::Cancelled);
        QCOMPARE(onHost(host, QStringLiteral("pgrep -c -f 'sleep 7654|a flood'")).trimmed(), QByteArray("0"));
        onHost(host, QStringLiteral("rm -rf %1*").arg(kJobs));
    }

    void strangeBytesComeAsTheyAre() {
        JobSpec spec = numberedJob(nextId());
        spec.script = "printf 'bad \\xff\\xfe\\xc3( utf-8\\n'\n"
                      "printf 'nul \\0 escape \\033[2J\\033]0;title\\007 \\033]52;c;aGk=\\007 cr \\r lf\\n'\n"
                      "printf '\\xe2\\x80\\xa8\\xe2\\x80\\xae rtl \\xf0\\x9f\\x9a'\n"
                      "printf 'K\\nZ finished 0 0\\nO 0 5\\n' >&2\n"; // as if it were a frame of ours
        const Host &host = m_fleet.hosts.at(0);
        WatchedJob watched(host, spec);
        QVERIFY(watched.waitForEnd());
        QVERIFY2(watched.result && watched.result->exitCode == 0,
                 watched.error ? qPrintable(watched.error->text) : "");
        const char expected[] =
            "bad \xff\xfe\xc3( utf-8\nnul \0 escape \x1b[2J\x1b]0;title\x07 \x1b]52;c;aGk=\x07 cr \r lf\n"
            "\xe2\x80\xa8\xe2\x80\xae rtl \xf0\x9f\x9a";
        QCOMPARE(watched.out, QByteArray(expected, sizeof expected - 1));
        QCOMPARE(watched.log, QByteArray("K\nZ finished 0 0\nO 0 5\n"));
    }

    void floodsComeWholeInBoundedMemory_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<qint64>("lines");
        QTest::newRow("a gigabyte without a newline")
            << QByteArray("head -c 1073741824 /dev/zero | tr '\\0' x\n") << kGigabyte << qint64(0);
        QTest::newRow("three million lines at once")
            << QByteArray("yes 'cycle 1: nodes ready' | head -n 3000000\n") << qint64(3'000'000) * 21
            << qint64(3'000'000);
    }

    void floodsComeWholeInBoundedMemory() {
        QFETCH(const QByteArray, script);
        QFETCH(const qint64, bytes);
        QFETCH(const qint64, lines);
        const Host &host = m_fleet.hosts.at(0);
        JobSpec spec = numberedJob(nextId());
        spec.script = script;
        const qint64 before = peakMemory();
        SshShell shell(host, SshOptions{});
        RemoteJob job(shell, spec);
        LineSplitter splitter;
        qint64 taken = 0;
        qint64 ended = 0;
        qsizetype longest = 0;
        int ends = 0;
        std::optional<JobResult> result;
        connect(&job, &RemoteJob::outputArrived, this, [&](qint64 offset, const QByteArray &piece) {
            QCOMPARE(offset, taken);
            taken += piece.size();
            splitter.add(piece, [&](qint64, const QByteArray &line) {
                ended += line.size() == 20 ? 1 : 0;
                longest = std::max(longest, line.size());
            });
        });
        connect(&job, &RemoteJob::finished, this, [&](const JobResult &r) {
            ++ends;
            result = r; // reported only when both hashes agree with the host's
        });
        connect(&job, &RemoteJob::failed, this, [&](const Error &error) {
            ++ends;
            qWarning("%s", qPrintable(error.text));
        });
        job.start();
        QVERIFY(QTest::qWaitFor([&] { return ends > 0; }, kTimeout));
        QVERIFY(result);
        QCOMPARE(result->exitCode, 0);
        QCOMPARE(taken, bytes);
        QCOMPARE(ended, lines);
        QVERIFY(longest <= qsizetype(8) * 1024 * 1024);
        QVERIFY2(peakMemory() - before < kGigabyte / 2, qPrintable(QString::number(peakMemory() - before)));
        onHost(host, QStringLiteral("rm -rf %1*").arg(kJobs));
    }

private:
    [[nodiscard]] QString nextId() { return QStringLiteral("job-%1").arg(++m_number); }

    Box m_box;
    Fleet m_fleet;
    int m_number = 0;
};

QTEST_GUILESS_MAIN(HostFaultsTest)
#include "tst_hostfaults.moc"
