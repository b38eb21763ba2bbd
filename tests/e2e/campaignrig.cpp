// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/campaignrig.h"

#include "tests/support/sendsignal.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

#include <sys/mount.h>

namespace slipway::test {

ProgramRun::ProgramRun(const QString &dataDir, const QStringList &words, const QStringList &before,
                       const QStringList &environment) {
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const QString &setting : environment)
        all.insert(setting.section(QLatin1Char('='), 0, 0), setting.section(QLatin1Char('='), 1));
    m_process.setProcessEnvironment(all);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    QStringList line = before + QStringList{slipwayctl(), QStringLiteral("--data-dir"), dataDir} + words;
    const QString program = line.takeFirst();
    m_process.start(program, line);
    m_process.waitForStarted();
}

ProgramRun::~ProgramRun() {
    kill();
}

bool ProgramRun::waitFor(const QByteArray &words) {
    QElapsedTimer time;
    time.start();
    while (!said().contains(words) && runs() && !time.hasExpired(kCampaignTimeout))
        m_process.waitForReadyRead(100);
    return said().contains(words);
}

bool ProgramRun::waitForEnd(int timeoutMs) {
    return !runs() || m_process.waitForFinished(timeoutMs);
}

void ProgramRun::signal(int number) const {
    sendSignal(m_process, number);
}

void ProgramRun::kill() {
    m_process.kill();
    m_process.waitForFinished();
}

int ProgramRun::code() const {
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

const QByteArray &ProgramRun::said() {
    m_said += m_process.readAll();
    return m_said;
}

CampaignRig::CampaignRig() {
    const auto up = box.sandbox.up({});
    if (!up)
        qFatal("%s", qPrintable(up.error().text));
    fleet = *up;
}

QStringList CampaignRig::launchOn(const QString &fleetFile, const QString &id, const QString &phases) {
    QStringList words{QStringLiteral("run"), QStringLiteral("--fleet"), fleetFile, QStringLiteral("--id"),
                      id};
    for (const char *setting : {"cycles=2", "memories=100", "settle_seconds=5"})
        words << QStringLiteral("--set") << QLatin1String(setting);
    if (!phases.isEmpty())
        words << QStringLiteral("--phases") << phases;
    return words;
}

QJsonObject CampaignRig::record(const QString &dataDir, const QString &id) {
    QProcess show;
    show.start(slipwayctl(),
               {QStringLiteral("--data-dir"), dataDir, QStringLiteral("show"), id, QStringLiteral("--json")});
    show.waitForFinished(kCampaignTimeout);
    return QJsonDocument::fromJson(show.readAllStandardOutput()).object();
}

QString CampaignRig::stateOf(const QString &dataDir, const QString &id) {
    return record(dataDir, id).value(QLatin1String("state")).toString();
}

QString CampaignRig::verdictOf(const QString &dataDir, const QString &id, int phase) {
    return record(dataDir, id)[QLatin1String("judgement")][QLatin1String("phases")]
        .toArray()
        .at(phase - 1)[QLatin1String("verdict")]
        .toString();
}

QByteArray CampaignRig::notesOf(const QString &dataDir, const QString &id) {
    QFile notes(Paths{dataDir}.spoolDir(id) + QStringLiteral("/notes.log"));
    return notes.open(QIODevice::ReadOnly) ? notes.readAll() : QByteArray();
}

QByteArray CampaignRig::leftOnHosts() const {
    QByteArray all;
    for (const Host &host : fleet.hosts) {
        const SshAnswer left = ssh(
            host, QStringLiteral("cd ~/.local/state/slipway && ls -d campaign jobs/* work/* 2>/dev/null; "
                                 "ls -d %1/slipway-* 2>/dev/null; pgrep -af '[s]erve --host|[p]ostgres -D'")
                      .arg(host.workDir));
        if (!left.output.trimmed().isEmpty())
            all += host.name.toUtf8() + ": " + left.output;
    }
    return all;
}

void CampaignRigSuite::initTestCase() {
    m_rig = std::make_unique<CampaignRig>();
}

void CampaignRigSuite::cleanup() {
    if (QTest::currentTestFailed())
        m_rig = std::make_unique<CampaignRig>();
}

void CampaignRigSuite::cleanupTestCase() {
    m_rig.reset();
}

SmallDisk::SmallDisk(int mebibytes) {
    const QByteArray options = "size=" + QByteArray::number(mebibytes) + "m";
    m_mounted = QDir().mkpath(path()) &&
                ::mount("tmpfs", QFile::encodeName(path()).constData(), "tmpfs", 0, options.constData()) == 0;
}

SmallDisk::~SmallDisk() {
    if (m_mounted)
        ::umount2(QFile::encodeName(path()).constData(), MNT_DETACH);
}

void SmallDisk::fill() const {
    QFile filler(path() + QStringLiteral("/filler"));
    if (!filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return;
    while (filler.write(QByteArray(4096, 'x')) == 4096) {
    }
}

void SmallDisk::empty() const {
    QFile::remove(path() + QStringLiteral("/filler"));
}

} // namespace slipway::test
