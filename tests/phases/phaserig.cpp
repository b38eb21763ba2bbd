// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/phases/phaserig.h"
#include "app/core/builtinprotocols.h"

#include "models/evidence/judge.h"
#include "models/evidence/reportbuilder.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QDirIterator>
#include <QRandomGenerator>

#include <algorithm>
#include <csignal>
#include <sys/stat.h>

namespace slipway::test {

namespace {

#ifdef SLIPWAY_SANITIZED
constexpr const char *kNode = "ai-memory-reference-unsanitized"; // the other hangs under libfaketime
#else
constexpr const char *kNode = "ai-memory-reference";
#endif

const QString kPeers[] = {QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("node-c")};

QByteArray readAll(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void makeFolder(const QString &path, mode_t mode) {
    if (!QDir().mkpath(path) || ::chmod(QFile::encodeName(path).constData(), mode) != 0)
        qFatal("%s cannot be made", qPrintable(path));
}

} // namespace

QList<Observation> PhaseOutput::all(const QString &kind) const {
    QList<Observation> found;
    forEachObservation({QStringLiteral("stream"), out}, [&](const Observation &observation) {
        if (observation.kind == kind)
            found << observation;
    });
    return found;
}

Observation PhaseOutput::first(const QString &kind) const {
    return all(kind).value(0);
}

PhaseRig::PhaseRig(const QString &lie) : m_dir(QDir::tempPath() + QStringLiteral("/phases-XXXXXX")) {
    // The server under test runs as another user, who must be able to come as far as its own folder and its
    // program.
    makeFolder(m_dir.path(), 0711);
    makeFolder(workDir(), 01777);
    makeFolder(m_dir.filePath(QStringLiteral("bin")), 0755);
    const QString node = testPaths::program(kNode);
    if (!QFile::copy(node, m_dir.filePath(QStringLiteral("bin/honest"))) ||
        ::chmod(QFile::encodeName(m_dir.filePath(QStringLiteral("bin/honest"))).constData(), 0755) != 0)
        qFatal("%s cannot be copied", qPrintable(node));
    setServer("[ \"$1\" != serve ] || export AI_MEMORY_REFERENCE_LIE=" + lie.toUtf8() +
              "\nexec HONEST \"$@\"\n");
    auto protocol = builtInProtocol(QStringLiteral("ship-gate"));
    if (!protocol)
        qFatal("%s", qPrintable(protocol.error().text));
    plan.protocol = std::move(*protocol);
    plan.id = QStringLiteral("rig");
    plan.runToken = QStringLiteral("%1").arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'));
    plan.key = makeCampaignKey();
    const int place = QRandomGenerator::system()->bounded(1, 250);
    for (int i = 0; i < 4; ++i) {
        Host host;
        host.name = i < 3 ? kPeers[i] : QStringLiteral("chaos");
        host.role = i < 3 ? HostRole::Peer : HostRole::Chaos;
        host.address = host.privateAddress = QStringLiteral("127.77.%1.%2").arg(place).arg(i + 1);
        host.serverPath = serverPath();
        host.workDir = workDir();
        plan.fleet.hosts.append(host);
        makeFolder(home(host.name), 0700);
    }
    const int port = QRandomGenerator::system()->bounded(20000, 30000);
    auto parameters = resolveParameters(plan.protocol, {},
                                        {{QStringLiteral("port"), QString::number(port)},
                                         {QStringLiteral("chaos_port"), QString::number(port + 10)}});
    if (!parameters)
        qFatal("%s", qPrintable(parameters.error().text));
    plan.parameters = *parameters;
}

PhaseRig::~PhaseRig() {
    for (const QFileInfo &entry : QDir(QStringLiteral("/proc")).entryInfoList(QDir::Dirs)) {
        const qint64 pid = entry.fileName().toLongLong();
        if (pid > 1 && readAll(entry.filePath() + QStringLiteral("/cmdline")).contains(m_dir.path().toUtf8()))
            ::kill(static_cast<pid_t>(pid), SIGKILL);
    }
}

QString PhaseRig::home(const QString &host) const {
    return m_dir.filePath(QStringLiteral("home-") + host);
}

QString PhaseRig::workDir() const {
    return m_dir.filePath(QStringLiteral("work"));
}

QString PhaseRig::serverPath() const {
    return m_dir.filePath(QStringLiteral("bin/ai-memory"));
}

void PhaseRig::setServer(QByteArray script) {
    QFile file(serverPath());
    script.replace("HONEST", QFile::encodeName(m_dir.filePath(QStringLiteral("bin/honest"))));
    if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + script) < 0 ||
        ::chmod(QFile::encodeName(file.fileName()).constData(), 0755) != 0)
        qFatal("%s cannot be written", qPrintable(file.fileName()));
}

void PhaseRig::stopAfter(const QString &tool) {
    const QString folder = m_dir.filePath(QStringLiteral("tools"));
    makeFolder(folder, 0755);
    QFile file(folder + QLatin1Char('/') + tool);
    const QByteArray script = "#!/bin/bash\nPATH=${PATH#*:}\n" + tool.toUtf8() +
                              " \"$@\"\nkill -s TERM -- -$(ps -o sid= -p $$ | tr -d ' ')\nsleep 5\n";
    if (!file.open(QIODevice::WriteOnly) || file.write(script) < 0 ||
        !file.setPermissions(QFile::ReadOwner | QFile::ExeOwner))
        qFatal("%s cannot be written", qPrintable(file.fileName()));
    m_tools = QFile::encodeName(folder);
}

void PhaseRig::spoil(const QByteArray &from, const QByteArray &to) {
    m_spoiled.append({from, to});
}

QString PhaseRig::programFile(int phase, const QString &step, const QString &host) {
    const auto &steps = plan.protocol.phase(phase)->steps;
    const auto at =
        std::find_if(steps.begin(), steps.end(), [&](const Step &other) { return other.name == step; });
    auto program = stepProgram(plan, *plan.protocol.phase(phase), *at);
    for (const auto &[from, to] : m_spoiled) {
        if (!program || !program->contains(from))
            qFatal("%s is not in the program of %s", from.constData(), qPrintable(step));
        program->replace(from, to);
    }
    QFile file(m_dir.filePath(QStringLiteral("%1-%2-%3").arg(phase).arg(step, host)));
    if (!program || !file.open(QIODevice::WriteOnly) || file.write(*program) != program->size())
        qFatal("%s cannot be written", qPrintable(file.fileName()));
    return file.fileName();
}

std::unique_ptr<QProcess> PhaseRig::start(int phase, const QString &step, const QString &host) {
    const QString program = programFile(phase, step, host);
    const auto &steps = plan.protocol.phase(phase)->steps;
    const auto at =
        std::find_if(steps.begin(), steps.end(), [&](const Step &other) { return other.name == step; });
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home(host));
    environment.insert(QStringLiteral("SLIPWAY_JOB"),
                       QStringLiteral("p%1-%2-%3").arg(phase).arg(step, plan.runToken));
    for (const auto &[name, value] :
         stepEnvironment(plan, *plan.protocol.phase(phase), *at, *plan.fleet.find(host)))
        environment.insert(QString::fromLatin1(name), QString::fromUtf8(value));
    if (!m_tools.isEmpty())
        environment.insert(QStringLiteral("PATH"), QString::fromUtf8(m_tools) + QLatin1Char(':') +
                                                       environment.value(QStringLiteral("PATH")));
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(workDir());
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardOutputFile(program + QStringLiteral(".out"));
    process->setStandardErrorFile(program + QStringLiteral(".log"));
    process->start(QStringLiteral("setsid"), {QStringLiteral("bash"), program});
    return process;
}

PhaseOutput PhaseRig::run(int phase, const QString &step, const QString &host, int timeoutMs) {
    const auto process = start(phase, step, host);
    PhaseOutput output;
    if (process->waitForFinished(timeoutMs) && process->exitStatus() == QProcess::NormalExit)
        output.exitCode = process->exitCode();
    const QString program = m_dir.filePath(QStringLiteral("%1-%2-%3").arg(phase).arg(step, host));
    output.out = readAll(program + QStringLiteral(".out"));
    output.log = readAll(program + QStringLiteral(".log"));
    return output;
}

QList<ObservedStream> PhaseRig::federate(const std::function<void()> &between) {
    QList<ObservedStream> streams;
    const auto step = [&](const char *name, const QStringList &hosts) {
        for (const QString &host : hosts) {
            const PhaseOutput output = run(2, QLatin1String(name), host);
            streams.append({2, QLatin1String(name), host, {QLatin1String(name), output.out}});
            if (output.exitCode != 0)
                return false;
        }
        return true;
    };
    const QStringList peers(std::begin(kPeers), std::end(kPeers));
    const QStringList chaos{QStringLiteral("chaos")};
    if (step("serve", peers) && step("burst", chaos)) {
        if (between)
            between();
        if (step("stop-b", {kPeers[1]}) && step("probe1", chaos) && step("stop-c", {kPeers[2]}))
            step("probe2", chaos);
    }
    step("clean", peers);
    return streams;
}

QList<ObservedStream> PhaseRig::runAlone(int phase) {
    const Step &step = plan.protocol.phase(phase)->steps.constFirst();
    const QString host = hostsOfStep(plan.fleet, step).constFirst().name;
    const PhaseOutput output = run(phase, step.name, host);
    return {{phase, step.name, host, {step.name, output.out}}};
}

PhaseJudgement PhaseRig::judged(int phase, const QList<ObservedStream> &streams) const {
    const QStringList peers = peerNames(plan.fleet);
    const auto judgement = judgeReports(buildReports(streams, plan.parameters, peers),
                                        Expectation::fromParameters(plan.parameters, peers, {phase}));
    return judgement.phases.value(0);
}

QStringList PhaseRig::leftFiles() const {
    QStringList left;
    for (const Host &host : plan.fleet.hosts) {
        QDirIterator it(home(host.name), QDir::Files | QDir::Hidden | QDir::System,
                        QDirIterator::Subdirectories);
        while (it.hasNext())
            left << it.next();
    }
    for (const QFileInfo &entry :
         QDir(workDir()).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden))
        left << entry.filePath();
    return left;
}

QStringList PhaseRig::leftProcesses() const {
    QStringList left;
    for (const QFileInfo &entry : QDir(QStringLiteral("/proc")).entryInfoList(QDir::Dirs)) {
        const QByteArray line = readAll(entry.filePath() + QStringLiteral("/cmdline"));
        if (line.contains(m_dir.path().toUtf8()))
            left << QString::fromUtf8(line).replace(QChar(0), QLatin1Char(' '));
    }
    return left;
}

} // namespace slipway::test
