// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/hostcheck.h"

#include "app/core/shellword.h"
#include "models/core/countof.h"
#include "models/core/quantitytext.h"
#include "models/fleet/accounttext.h"

#include <QFile>
#include <QMap>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kMinFreeKb = qint64(512) * 1024;
constexpr qint64 kMaxSkewMs = 2000; // logs of several hosts are merged by time

QString notMeasured() {
    return QStringLiteral("not measured");
}

// What the program said, by word.
class Answers {
public:
    explicit Answers(const QByteArray &out) {
        for (const QByteArray &line : out.split('\n')) {
            const QString text = QString::fromUtf8(line);
            m_values[text.section(QLatin1Char(' '), 0, 0)] << text.section(QLatin1Char(' '), 1).trimmed();
        }
    }
    [[nodiscard]] QStringList all(const char *word) const { return m_values.value(QLatin1String(word)); }
    [[nodiscard]] QString text(const char *word) const { return all(word).value(0); }
    [[nodiscard]] bool has(const char *what) const { return all("has").contains(QLatin1String(what)); }
    [[nodiscard]] std::optional<qint64> number(const char *word) const {
        bool isNumber = false;
        const qint64 number = text(word).toLongLong(&isNumber);
        return isNumber ? std::optional(number) : std::nullopt;
    }

private:
    QMap<QString, QStringList> m_values;
};

struct Tool {
    const char *word;
    const char *what;
};
constexpr Tool kTools[] = {{"bash", "bash 5 or newer"},
                           {"setsid", "setsid (package util-linux)"},
                           {"stat", "stat of GNU coreutils"},
                           {"sha256sum", "sha256sum"},
                           {"dd", "dd of GNU coreutils, with iflag=skip_bytes"},
                           {"base64", "base64 and head of GNU coreutils"},
                           {"grep", "grep of GNU, with -z"},
                           {"sort", "sort, uniq and awk"},
                           {"timeout", "timeout"},
                           {"sleep", "sleep for parts of a second"},
                           {"curl", "curl"}};

void findHomeProblems(const Host &host, const Answers &said, QStringList &problems) {
    if (said.text("home").isEmpty())
        problems << QStringLiteral("%1 has no home folder there (HOME is empty or \"/\"), and jobs lie in it")
                        .arg(accountText(host));
    else if (!said.has("home"))
        problems << QStringLiteral("%1 cannot write to the home folder %2, where jobs lie: %3")
                        .arg(accountText(host), said.text("home"), said.text("no-home"));
    if (!said.has("work"))
        problems << QStringLiteral("%1 cannot write to %2: %3")
                        .arg(accountText(host), host.workDir, said.text("no-work"));
    for (const auto &[word, where] :
         {std::pair{"free", host.workDir}, std::pair{"home-free", said.text("home")}}) {
        const auto kb = said.number(word);
        if (!kb && said.has(where == host.workDir ? "work" : "home"))
            problems << QStringLiteral("how much room %1 has was not measured").arg(where);
        else if (kb && *kb < kMinFreeKb)
            problems << QStringLiteral("%1 has %2 free. Phases need %3")
                            .arg(where, bytesText(*kb * 1024), bytesText(kMinFreeKb * 1024));
    }
}

void findClockProblems(const HostHealth &health, QStringList &problems) {
    if (!health.clockMs)
        problems << QStringLiteral("its clock was not measured: that needs date of GNU coreutils");
    else if (std::abs(*health.clockMs) > kMaxSkewMs + health.answerMs.value_or(0))
        problems << QStringLiteral("its clock is %1 s off. Start a time service there")
                        .arg(static_cast<double>(*health.clockMs) / 1000, 0, 'f', 1);
}

void findToolProblems(const Answers &said, const HostNeeds &needs, QStringList &problems) {
    QStringList missing;
    for (const auto &[word, what] : kTools) {
        if (!said.has(word))
            missing << QString::fromLatin1(what);
    }
    if (needs.tar && !said.has("tar"))
        missing << QStringLiteral("tar");
    if (needs.programs && !said.has("setpriv"))
        missing << QStringLiteral("setpriv with --pdeathsig (package util-linux) and env of GNU coreutils");
    if (needs.programs && !said.has("perl"))
        missing << QStringLiteral("perl (package perl-base)");
    if (!missing.isEmpty())
        problems << QStringLiteral("it has no usable %1. Install it there")
                        .arg(missing.join(QStringLiteral(", ")));
    if (!said.has("proc"))
        problems << QStringLiteral("its /proc cannot be read; jobs know their processes by it");
    if (needs.postgresql && !said.has("postgresql"))
        problems << QStringLiteral(
            "it has no PostgreSQL (/usr/lib/postgresql/*/bin/initdb; for root also the "
            "account postgres and setpriv), which phase 3 needs. Install the package "
            "postgresql there, or set postgres_url");
}

// What a fault class needs of its host beyond what every program has.
void findFaultProblems(const Answers &said, const HostNeeds &needs, QStringList &problems) {
    for (const QString &fault : needs.faults) {
        const bool isFilter =
            fault == QLatin1String("partition_minority") || fault == QLatin1String("drop_random_acks");
        if (isFilter && !said.has("filter"))
            problems
                << QStringLiteral(
                       "the fault class %1 needs root and nft (package nftables) there, with tables that "
                       "go with their owner, marks of connections and jhash: %2. Install it, or leave "
                       "the class out of the parameter faults")
                       .arg(fault, said.text("no-filter"));
        if (fault == QLatin1String("clock_skew_peer") && !said.has("faketime"))
            problems << QStringLiteral(
                "the fault class clock_skew_peer needs libfaketimeMT.so.1 there (package faketime). "
                "Install it, or leave the class out of the parameter faults");
    }
}

void findPortProblems(const Answers &said, const HostNeeds &needs, QStringList &problems) {
    if (!needs.ports.isEmpty() && said.all("sockets").isEmpty())
        problems << QStringLiteral("which of its ports are free was not measured");
    for (const int port : needs.ports) {
        const auto serves = [port](const QString &hex) { return hex.toInt(nullptr, 16) == port; };
        const QStringList listens = said.all("listen");
        if (std::none_of(listens.begin(), listens.end(), serves))
            continue;
        QString user;
        for (const QString &line : said.all("serves")) {
            if (line.section(QLatin1Char(' '), 0, 0).toInt() == port)
                user = QStringLiteral(" by ") + line.section(QLatin1Char(' '), 1);
        }
        problems << QStringLiteral("port %1 is in use%2. Stop what serves there, or choose another")
                        .arg(port)
                        .arg(user);
    }
    // "PID JOB NAME"
    if (const QStringList left = said.all("left"); !left.isEmpty())
        problems << QStringLiteral("%1 of an earlier run %2 still there: %3")
                        .arg(countOf(left.size(), "process", "processes"),
                             left.size() == 1 ? QStringLiteral("is") : QStringLiteral("are"),
                             left.mid(0, 5).join(QStringLiteral(", ")));
}

void findServerProblems(const Host &host, const HostHealth &health, const Answers &said,
                        QStringList &problems) {
    if (health.serverSha256.size() != 64)
        problems
            << QStringLiteral("there is no program %1. Install the server under test").arg(host.serverPath);
    else if (const QString code = said.text("server-fails"); !code.isEmpty())
        problems << QStringLiteral("%1 cannot be run there (exit code %2): another architecture, a missing "
                                   "library, or a file system mounted noexec")
                        .arg(host.serverPath, code);
}

} // namespace

QByteArray healthProgram(const Host &host, const HostNeeds &needs) {
    QFile file(QStringLiteral(":/slipway/remotejob/health.sh"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the program that asks a host is missing from this build");
    QByteArray ports;
    for (const int port : needs.ports)
        ports += ' ' + QByteArray::number(port);
    return "server=" + shellWord(host.serverPath.toUtf8()) + "\nwork=" + shellWord(host.workDir.toUtf8()) +
           "\nports='" + ports + "'\n" + file.readAll();
}

HostHealth readHealth(const Host &host, const HostAnswer &answer, const HostNeeds &needs) {
    HostHealth health;
    health.host = host.name;
    if (answer.error) {
        health.problem = answer.error->text;
        return health;
    }
    const Answers said(answer.out);
    health.system = said.text("system");
    health.serverVersion = said.text("version");
    health.serverSha256 = said.text("sha256");
    health.answerMs = answer.firstMs;
    if (const auto there = said.number("time"))
        health.clockMs = *there - (answer.asked.toMSecsSinceEpoch() + answer.firstMs / 2);
    health.freeKb = said.number("free");
    QStringList problems;
    findClockProblems(health, problems);
    findHomeProblems(host, said, problems);
    findToolProblems(said, needs, problems);
    findFaultProblems(said, needs, problems);
    findPortProblems(said, needs, problems);
    findServerProblems(host, health, said, problems);
    health.problem = problems.join(QStringLiteral("; "));
    return health;
}

QString answerText(const HostHealth &health) {
    return health.answerMs ? QStringLiteral("%1 ms").arg(*health.answerMs) : notMeasured();
}

QString clockText(const HostHealth &health) {
    if (!health.clockMs)
        return notMeasured();
    return QStringLiteral("%1%2 ms")
        .arg(*health.clockMs > 0 ? QStringLiteral("+") : QString())
        .arg(*health.clockMs);
}

QString freeText(const HostHealth &health) {
    return health.freeKb ? bytesText(*health.freeKb * 1024) : notMeasured();
}

QString serverText(const HostHealth &health) {
    return health.serverSha256.isEmpty()
               ? notMeasured()
               : QStringLiteral("%1 %2").arg(health.serverVersion, health.serverSha256.left(12));
}

void compareHealth(const Fleet &fleet, QList<HostHealth> &hosts) {
    QMap<QString, int> servers;
    for (const HostHealth &health : std::as_const(hosts)) {
        if (!health.serverSha256.isEmpty())
            ++servers[health.serverSha256];
    }
    if (servers.size() < 2)
        return;
    const auto commonest = std::max_element(servers.constBegin(), servers.constEnd());
    for (HostHealth &health : hosts) {
        const Host *host = fleet.find(health.host);
        if (host && !health.serverSha256.isEmpty() && health.serverSha256 != commonest.key())
            health.problem +=
                (health.problem.isEmpty() ? QString() : QStringLiteral("; ")) +
                QStringLiteral("its %1 is not the one of the other hosts").arg(host->serverPath);
    }
}

} // namespace slipway
