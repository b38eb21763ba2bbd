// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/faultrig.h"

#include "tests/app/sandbox/sandboxprobe.h"

#include <QTest>

namespace slipway::test {

namespace {

constexpr int kLines = 350;
constexpr int kTimeout = 90'000;

} // namespace

JobSpec numberedJob(const QString &id) {
    JobSpec spec;
    spec.id = id;
    spec.interpreter = QStringLiteral("bash");
    spec.workDir = QStringLiteral("/root");
    spec.script = "echo run >>\"runs-$SLIPWAY_JOB\"\n"
                  "for ((i = 0; i < " +
                  QByteArray::number(kLines) +
                  "; i++)); do\n"
                  "  printf 'line %04d of a stream that must come whole\\n' $i\n"
                  "  printf 'log %04d\\n' $i >&2\n"
                  "  sleep 0.01\n"
                  "done\n"
                  "exit 7\n";
    return spec;
}

QByteArray numberedOutput() {
    QByteArray out;
    for (int i = 0; i < kLines; ++i)
        out += "line " + QByteArray::number(i).rightJustified(4, '0') + " of a stream that must come whole\n";
    return out;
}

QByteArray numberedLog() {
    QByteArray log;
    for (int i = 0; i < kLines; ++i)
        log += "log " + QByteArray::number(i).rightJustified(4, '0') + '\n';
    return log;
}

WatchedJob::WatchedJob(const Host &host, const JobSpec &spec)
    : shell(std::make_unique<SshShell>(host, SshOptions{})), job(std::make_unique<RemoteJob>(*shell, spec)) {
    QObject::connect(job.get(), &RemoteJob::outputArrived, job.get(),
                     [this](qint64 offset, const QByteArray &bytes) {
                         contiguous = contiguous && offset == out.size();
                         out += bytes;
                     });
    QObject::connect(job.get(), &RemoteJob::logArrived, job.get(),
                     [this](qint64 offset, const QByteArray &bytes) {
                         contiguous = contiguous && offset == log.size();
                         log += bytes;
                     });
    QObject::connect(job.get(), &RemoteJob::connectionChanged, job.get(),
                     [this](bool connected, const QString &text) {
                         if (!connected)
                             trouble = text;
                     });
    QObject::connect(job.get(), &RemoteJob::finished, job.get(), [this](const JobResult &r) {
        ++ends;
        result = r;
    });
    QObject::connect(job.get(), &RemoteJob::failed, job.get(), [this](const Error &e) {
        ++ends;
        error = e;
    });
    job->start();
}

WatchedJob::~WatchedJob() {
    job.reset();
}

bool WatchedJob::waitForOutput(qsizetype bytes) {
    return QTest::qWaitFor([&] { return out.size() >= bytes || ends > 0; }, kTimeout) && ends == 0;
}

bool WatchedJob::waitForEnd() {
    return QTest::qWaitFor([this] { return ends > 0; }, kTimeout);
}

QString WatchedJob::notAsIfNothingHadBeen() const {
    if (error)
        return error->text;
    if (!result || ends != 1)
        return QStringLiteral("%1 ends").arg(ends);
    if (!contiguous)
        return QStringLiteral("bytes were doubled or left out");
    if (out != numberedOutput())
        return QStringLiteral("%1 bytes of stdout instead of %2")
            .arg(out.size())
            .arg(numberedOutput().size());
    if (log != numberedLog())
        return QStringLiteral("%1 bytes of stderr instead of %2").arg(log.size()).arg(numberedLog().size());
    if (result->state != JobState::Exited || result->exitCode != 7)
        return result->text;
    return {};
}

bool inject(const Host &host, const QString &program) {
    // Its words go over standard input of a shell: nothing is quoted twice.
    // The fault waits until the connection that brings it has ended.
    const QByteArray encoded = (QStringLiteral("sleep 0.7\n") + program).toUtf8().toBase64();
    return ssh(host,
               QStringLiteral(
                   "echo %1 | base64 -d >/tmp/fault; setsid bash /tmp/fault >/dev/null 2>&1 </dev/null &")
                   .arg(QString::fromLatin1(encoded)))
               .exitCode == 0;
}

QByteArray onHost(const Host &host, const QString &program) {
    return ssh(host, program).output;
}

QString dropping(const QStringList &chains, double seconds, const QString &verdict) {
    QString text = QStringLiteral("nft add table inet fault\n");
    for (const QString &chain : chains) {
        text +=
            QStringLiteral("nft add chain inet fault %1 '{ type filter hook %1 priority 0; }'\n").arg(chain);
        text += QStringLiteral("nft add rule inet fault %1 '%2'\n")
                    .arg(chain, verdict.isEmpty() ? QStringLiteral("drop") : verdict);
    }
    return text + QStringLiteral("sleep %1\nnft delete table inet fault\n").arg(seconds);
}

} // namespace slipway::test
