// SPDX-License-Identifier: GPL-3.0-or-later
// slipway-bench-remote fanout|follow: times Slipway against clush or ssh on a real sshd on loopback, in one
// run, and prints "name ratio" lines. Used by packaging/figures.
#include "app/hosts/fanout.h"
#include "app/logstream/logspool.h"
#include "app/remotejob/remotejob.h"
#include "app/ssh/sshshell.h"
#include "tests/support/testsshd.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTextStream>
#include <QTimer>

#include <algorithm>

using namespace slipway;
using slipway::test::TestSshd;

namespace {

constexpr int kHosts = 64;
constexpr int kRounds = 5;
constexpr qint64 kLogBytes = qint64(1024) * 1024 * 1024;
constexpr int kTimeout = 600'000;

template <typename T>
T median(std::vector<T> values) {
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

Host hostAt(const TestSshd &sshd, const QString &address) {
    Host host;
    host.name = QStringLiteral("h-") + address;
    host.address = address;
    host.port = sshd.port();
    host.user = QStringLiteral("root");
    host.identityFile = sshd.identityFile();
    host.hostKeys = {sshd.hostKeyLine()};
    host.sshConfig = QStringLiteral("none");
    return host;
}

QStringList sshWords(const TestSshd &sshd) {
    return {QStringLiteral("-F"),
            QStringLiteral("none"),
            QStringLiteral("-p"),
            QString::number(sshd.port()),
            QStringLiteral("-i"),
            sshd.identityFile(),
            QStringLiteral("-oStrictHostKeyChecking=no"),
            QStringLiteral("-oUserKnownHostsFile=/dev/null"),
            QStringLiteral("-oLogLevel=ERROR")};
}

void await(const std::function<bool()> &done) {
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (done())
            loop.quit();
    });
    look.start(1);
    QTimer::singleShot(kTimeout, &loop, [] { qFatal("it takes too long"); });
    if (!done())
        loop.exec();
}

// The command has no output and takes no time: what is measured is the way there and back.
double fanOutSeconds(FanOut &fanOut, const QList<Host> &hosts) {
    qsizetype well = 0;
    bool over = false;
    QElapsedTimer timer;
    timer.start();
    QObject context;
    QObject::connect(&fanOut, &FanOut::answered, &context, [&](const HostAnswer &answer) {
        if (answer.error)
            qFatal("%s", qPrintable(answer.error->text));
        well += answer.exitCode == 0 ? 1 : 0;
    });
    QObject::connect(&fanOut, &FanOut::finished, &context, [&] { over = true; });
    fanOut.run(hosts, "true\n", kTimeout);
    QEventLoop loop;
    QObject::connect(&fanOut, &FanOut::finished, &loop, &QEventLoop::quit);
    if (!over)
        loop.exec();
    if (well != hosts.size())
        qFatal("only %lld hosts answered", static_cast<long long>(well));
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

void fanOut() {
    // As many names as hosts; one machine answers to all of them.
    const TestSshd sshd({QStringLiteral("MaxStartups 1000"), QStringLiteral("UseDNS no")});
    QFile names(sshd.sshConfig());
    if (!names.open(QIODevice::WriteOnly) || names.write("Host h*\n  HostName 127.0.0.1\n") < 1)
        qFatal("cannot write %s", qPrintable(names.fileName()));
    names.close();
    QStringList words = sshWords(sshd);
    words.replace(1, sshd.sshConfig());
    QList<Host> hosts;
    for (int number = 1; number <= kHosts; ++number) {
        hosts << hostAt(sshd, QStringLiteral("127.0.0.1"));
        hosts.last().name = QStringLiteral("h%1").arg(number);
    }
    std::vector<double> first;
    std::vector<double> open;
    std::vector<double> clush;
    for (int round = 0; round < kRounds; ++round) {
        QProcess other;
        QElapsedTimer timer;
        timer.start();
        other.start(QStringLiteral("clush"),
                    {QStringLiteral("-S"), QStringLiteral("-q"), QStringLiteral("-f"),
                     QString::number(kHosts), QStringLiteral("-w"), QStringLiteral("h[1-%1]").arg(kHosts),
                     QStringLiteral("-l"), QStringLiteral("root"), QStringLiteral("-o"),
                     words.join(QLatin1Char(' ')), QStringLiteral("true")});
        if (!other.waitForFinished(kTimeout) || other.exitCode() != 0)
            qFatal("clush failed: %s", other.readAllStandardError().constData());
        clush.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e9);
        HostLinks links([](const Host &host) { return std::make_unique<SshShell>(host, SshOptions{}); });
        FanOut fan(links);
        first.push_back(fanOutSeconds(fan, hosts));
        open.push_back(fanOutSeconds(fan, hosts));
    }
    QTextStream(stdout) << "clush " << median(clush) << "\nfirst " << median(first) << "\nopen "
                        << median(open) << "\nfanout-64 " << median(open) / median(clush)
                        << "\nfanout-64-first " << median(first) / median(clush) << '\n';
}

qint64 peakMemory() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').value(1).toLongLong() / 1024;
    }
    return -1;
}

double followSeconds(const TestSshd &sshd, const JobSpec &spec, const QString &path) {
    SshShell shell(hostAt(sshd, QStringLiteral("127.0.0.1")), SshOptions{});
    RemoteJob job(shell, spec);
    auto spool = LogSpool::open(path);
    if (!spool)
        qFatal("%s", qPrintable(spool.error().text));
    bool over = false;
    QObject::connect(&job, &RemoteJob::outputArrived, &job, [&](qint64 offset, const QByteArray &bytes) {
        if (const auto kept = (*spool)->append(offset, bytes); !kept)
            qFatal("%s", qPrintable(kept.error().text));
    });
    QObject::connect(&job, &RemoteJob::finished, &job, [&](const JobResult &) { over = true; });
    QObject::connect(&job, &RemoteJob::failed, &job,
                     [](const Error &error) { qFatal("%s", qPrintable(error.text)); });
    QElapsedTimer timer;
    timer.start();
    job.start();
    await([&] { return over; });
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    if ((*spool)->byteCount() < kLogBytes)
        qFatal("bytes are missing");
    return seconds;
}

// The log is there; what is timed is its way into a spool with an index, both hashes compared, against a file
// by ssh.
void follow() {
    const TestSshd sshd;
    JobSpec spec;
    spec.id = QStringLiteral("log");
    spec.interpreter = QStringLiteral("sh");
    spec.workDir = QStringLiteral("/tmp");
    spec.script =
        "yes '2026-01-01T00:00:00.000000Z [phase4][chaos] cycle 17: nodes ready (pids 1 2 3), 100 writes "
        "acknowledged, settled in 812 ms' | head -c " +
        QByteArray::number(kLogBytes) + "\n";
    const QString there = sshd.home() + QStringLiteral("/.local/state/slipway/jobs/log/stdout");
    followSeconds(sshd, spec, sshd.path(QStringLiteral("spool-0")));
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 1; round <= 3; ++round) {
        QProcess cat;
        cat.setStandardOutputFile(sshd.path(QStringLiteral("cat")));
        QElapsedTimer timer;
        timer.start();
        cat.start(QStringLiteral("ssh"), sshWords(sshd) + QStringList{QStringLiteral("root@127.0.0.1"),
                                                                      QStringLiteral("cat ") + there});
        if (!cat.waitForFinished(kTimeout) || cat.exitCode() != 0)
            qFatal("ssh failed: %s", cat.readAllStandardError().constData());
        theirs.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e9);
        const QString path = sshd.path(QStringLiteral("spool-%1").arg(round));
        ours.push_back(followSeconds(sshd, spec, path));
        QFile::remove(path);
    }
    QTextStream(stdout) << "ssh " << median(theirs) << "\nfollow " << median(ours) << "\nmemory-mib "
                        << peakMemory() << "\nfollow-log " << median(ours) / median(theirs) << '\n';
}

} // namespace

int main(int argc, char *argv[]) {
    const QCoreApplication application(argc, argv);
    const QString what = QCoreApplication::arguments().value(1);
    if (what == QLatin1String("fanout"))
        fanOut();
    else if (what == QLatin1String("follow"))
        follow();
    else
        qFatal("usage: slipway-bench-remote fanout|follow");
    return 0;
}
