// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/rentalhosts.h"

#include "app/cloud/rental/userdata.h"
#include "app/core/inputfile.h"
#include "app/core/shellword.h"
#include "app/hosts/fanout.h"
#include "app/hosts/upload.h"
#include "app/ssh/sshshell.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTimer>

namespace slipway {

namespace {

constexpr qint64 kLoginMs = 300'000;
constexpr int kCloudInitMs = 900'000;
constexpr int kAgainMs = 5'000;
constexpr int kPackagesMs = 600'000;
constexpr int kInstallMs = 60'000;

// 2 is "done, with something recovered from"; anything else is not done well.
const char *const kCloudInit = "cloud-init status --wait >/dev/null; code=$?\n"
                               "[ $code -eq 0 ] || cloud-init status --long\n"
                               "exit $code\n";

// A tool may be there while its package was cut off half way: what dpkg has to say of that comes first, and
// is put right.
QByteArray packageProgram() {
    QByteArray program = "missing=\nfor tool in curl iptables sqlite3; do\n"
                         "  command -v $tool >/dev/null || missing=1\ndone\n"
                         "ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing=1\n"
                         "[ -z \"$(dpkg --audit 2>&1)\" ] || missing=1\n"
                         "[ -z \"$missing\" ] || {\n"
                         "  export DEBIAN_FRONTEND=noninteractive\n"
                         "  dpkg --configure -a || true\n"
                         "  apt-get -o DPkg::Lock::Timeout=300 -qq update\n"
                         "  apt-get -o DPkg::Lock::Timeout=300 -qq -y install";
    for (const QString &package : hostPackages())
        program += ' ' + package.toLatin1();
    return program + "\n} >&2\n";
}

QByteArray installProgram(const Host &host, const QByteArray &sha256, const QString &version) {
    return "set -e\npart=\"$HOME/" + QByteArray(kUploadName) +
           "\"\nserver=" + shellWord(host.serverPath.toUtf8()) + "\nversion=" + shellWord(version.toUtf8()) +
           "\nhave=$(sha256sum <\"$part\" | cut -c1-64)\n"
           "[ \"$have\" = " +
           sha256 +
           " ] || { echo \"it arrived damaged ($have)\" >&2; exit 65; }\n"
           "mkdir -p -- \"${server%/*}\" /etc/ai-memory\n"
           "rm -f -- /etc/ai-memory/version\n" // until the one it names is there
           "mv -f -- \"$part\" \"$server.new\"\n"
           "chmod 755 \"$server.new\"\n"
           "mv -f -- \"$server.new\" \"$server\"\n"
           "[ -n \"$version\" ] || version=$(\"$server\" --version </dev/null 2>/dev/null | head -n 1 | cut "
           "-c1-200)\n"
           "printf '%s\\n' \"$version\" >/etc/ai-memory/version\n"
           "have=$(sha256sum <\"$server\" | cut -c1-64)\n"
           "[ \"$have\" = " +
           sha256 +
           " ] || { echo \"$server is not what was sent ($have)\" >&2; exit 65; }\n"
           "echo \"$version\"\n";
}

Result<QByteArray> hashOf(const QString &path) {
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    TRY(openToRead(file));
    if (!hash.addData(&file))
        return unreadable(file);
    return hash.result().toHex();
}

Error cancelled() {
    return {ErrorCode::Cancelled, QStringLiteral("Stopped while talking to the hosts.")};
}

QString lastWords(const HostAnswer &answer) {
    const QByteArray said = answer.err.trimmed().isEmpty() ? answer.out.trimmed() : answer.err.trimmed();
    return QString::fromUtf8(said.right(300)).simplified();
}

} // namespace

// Connections and questions of one call; all of it lives on the calling thread.
class RentalHosts::Asking {
public:
    Asking(const SshOptions &options, const std::stop_token &stop)
        : m_links([options](const Host &host) { return std::make_unique<SshShell>(host, options); }),
          m_fanOut(m_links),
          m_onStop(stop, [this] { QMetaObject::invokeMethod(&m_loop, "quit", Qt::QueuedConnection); }),
          m_stop(stop) {
        QObject::connect(&m_fanOut, &FanOut::answered, &m_fanOut,
                         [this](const HostAnswer &answer) { m_answers.append(answer); });
        QObject::connect(&m_fanOut, &FanOut::finished, &m_fanOut, [this] { m_loop.quit(); });
    }

    using Program = std::function<QByteArray(const Host &)>;
    /// One answer of each host; fewer when stopped.
    QList<HostAnswer> ask(const QList<Host> &hosts, const Program &program, int timeoutMs) {
        m_answers.clear();
        if (m_stop.stop_requested())
            return {};
        for (const Host &host : hosts)
            m_fanOut.run({host}, program(host), timeoutMs);
        while (m_answers.size() < hosts.size() && !m_stop.stop_requested())
            m_loop.exec();
        return m_answers;
    }

    Result<void> upload(const QList<Host> &hosts, const QString &file) {
        Upload upload(m_links, file);
        QObject::connect(&upload, &Upload::finished, &m_loop, &QEventLoop::quit);
        upload.run(hosts);
        while (!upload.isFinished() && !m_stop.stop_requested())
            m_loop.exec();
        return m_stop.stop_requested() ? Result<void>(cancelled()) : upload.result();
    }

    void pause(int milliseconds) {
        QTimer::singleShot(milliseconds, &m_loop, &QEventLoop::quit);
        if (!m_stop.stop_requested())
            m_loop.exec();
    }

private:
    QEventLoop m_loop;
    HostLinks m_links;
    FanOut m_fanOut;
    QList<HostAnswer> m_answers;
    std::stop_callback<std::function<void()>> m_onStop;
    std::stop_token m_stop;
};

RentalHosts::RentalHosts(SshOptions options, std::stop_token stop, ReportRental report)
    : m_options(std::move(options)), m_stop(std::move(stop)), m_report(std::move(report)) {}

Result<void> RentalHosts::awaitReady(const QList<Host> &hosts) {
    Asking asking(m_options, m_stop);
    QElapsedTimer since;
    since.start();
    QList<Host> left = hosts;
    // A machine that is just starting refuses, has no key yet or shows another: all that may still come
    // right.
    for (;;) {
        QList<Host> still;
        QString why;
        for (const HostAnswer &answer : asking.ask(
                 left, [](const Host &) { return QByteArray("true\n"); }, kInstallMs)) {
            const auto it = std::find_if(left.begin(), left.end(),
                                         [&](const Host &host) { return host.name == answer.host; });
            if (!answer.error) {
                m_report({QStringLiteral("ready"),
                          QStringLiteral("%1: answers with its pinned key").arg(answer.host)});
                continue;
            }
            why = QStringLiteral("%1: %2").arg(answer.host, answer.error->text);
            still << *it;
        }
        if (m_stop.stop_requested())
            return cancelled();
        left = still;
        if (left.isEmpty())
            break;
        if (since.elapsed() > kLoginMs)
            return Error{
                ErrorCode::TimedOut,
                QStringLiteral("Nobody could log in within %1 minutes. %2").arg(kLoginMs / 60'000).arg(why)};
        asking.pause(kAgainMs);
    }
    m_report({QStringLiteral("ready"), QStringLiteral("waiting for cloud-init")});
    for (const HostAnswer &answer : asking.ask(
             hosts, [](const Host &) { return QByteArray(kCloudInit); }, kCloudInitMs)) {
        if (answer.error)
            return Error{answer.error->code, QStringLiteral("%1: %2").arg(answer.host, answer.error->text)};
        if (answer.exitCode == 2)
            m_report(
                {QStringLiteral("ready"), QStringLiteral("%1: cloud-init had to recover from something: %2")
                                              .arg(answer.host, lastWords(answer))});
        else if (answer.exitCode != 0)
            return Error{ErrorCode::CommandFailed, QStringLiteral("%1: cloud-init failed (%2): %3")
                                                       .arg(answer.host)
                                                       .arg(answer.exitCode)
                                                       .arg(lastWords(answer))};
    }
    return m_stop.stop_requested() ? Result<void>(cancelled()) : Result<void>();
}

Result<void> RentalHosts::prepare(const QList<Host> &hosts, const Preparation &preparation) {
    const auto sha256 =
        preparation.server.isEmpty() ? Result<QByteArray>(QByteArray()) : hashOf(preparation.server);
    if (!sha256)
        return sha256.error();
    Asking asking(m_options, m_stop);
    const auto all = [&](const QString &what, const Asking::Program &program, int timeoutMs) -> Result<void> {
        m_report({QStringLiteral("prepare"), what});
        for (const HostAnswer &answer : asking.ask(hosts, program, timeoutMs)) {
            if (answer.error)
                return Error{answer.error->code,
                             QStringLiteral("%1: %2").arg(answer.host, answer.error->text)};
            if (answer.exitCode != 0)
                return Error{ErrorCode::CommandFailed, QStringLiteral("%1, %2: %3 (exit code %4)")
                                                           .arg(answer.host, what, lastWords(answer))
                                                           .arg(answer.exitCode)};
            if (!answer.out.trimmed().isEmpty())
                m_report({QStringLiteral("prepare"),
                          QStringLiteral("%1: %2").arg(
                              answer.host, QString::fromUtf8(answer.out.left(300)).simplified())});
        }
        return m_stop.stop_requested() ? Result<void>(cancelled()) : Result<void>();
    };
    auto packages = all(
        QStringLiteral("packages"), [](const Host &) { return packageProgram(); }, kPackagesMs);
    if (!packages)
        return packages;
    if (!preparation.server.isEmpty()) {
        m_report({QStringLiteral("prepare"), QStringLiteral("sending %1 (SHA-256 %2)")
                                                 .arg(preparation.server, QString::fromLatin1(*sha256))});
        TRY(asking.upload(hosts, preparation.server));
        auto installed = all(
            QStringLiteral("installing the server"),
            [&](const Host &host) { return installProgram(host, *sha256, preparation.version); }, kInstallMs);
        if (!installed)
            return installed;
    }
    if (preparation.offHours == 0)
        return {};
    const QByteArray minutes = QByteArray::number(preparation.offHours * 60);
    auto armed = all(
        QStringLiteral("the switch"), [&](const Host &) { return "shutdown -P +" + minutes + " >&2\n"; },
        kInstallMs);
    if (armed)
        m_report({QStringLiteral("prepare"),
                  QStringLiteral("The hosts power themselves off in %1 h. A droplet that is off still costs "
                                 "the same: only \"fleet destroy\" ends that.")
                      .arg(preparation.offHours)});
    return armed;
}

} // namespace slipway
