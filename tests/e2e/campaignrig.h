// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/sandbox/sandboxprobe.h"

#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QStringList>

#include <memory>

namespace slipway::test {

constexpr int kCampaignTimeout = 240'000; ///< ms

/// slipwayctl, started as a person or a script starts it, with all that it said.
class ProgramRun {
public:
    /// `before`: words that go before the program, as "prlimit --nofile=64".
    ProgramRun(const QString &dataDir, const QStringList &words, const QStringList &before = {},
               const QStringList &environment = {});
    ~ProgramRun(); ///< kills what still runs

    Q_DISABLE_COPY_MOVE(ProgramRun)

    /// False when it ended before.
    [[nodiscard]] bool waitFor(const QByteArray &words);
    [[nodiscard]] bool waitForEnd(int timeoutMs = kCampaignTimeout); ///< by itself
    void signal(int number) const;
    void kill();
    [[nodiscard]] bool runs() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] pid_t pid() const { return static_cast<pid_t>(m_process.processId()); }
    [[nodiscard]] int code() const;         ///< -1: a signal ended it
    [[nodiscard]] const QByteArray &said(); ///< on both streams, so far

private:
    QProcess m_process;
    QByteArray m_said;
};

/// A sandbox, and what a campaign leaves on its hosts and in an archive.
struct CampaignRig {
    CampaignRig(); ///< fails the test when there is no sandbox

    [[nodiscard]] QString dataDir() const { return box.dir.path(); }
    [[nodiscard]] static QStringList launchOn(const QString &fleetFile, const QString &id,
                                              const QString &phases = {});
    /// Few writes and cycles.
    [[nodiscard]] QStringList launch(const QString &id, const QString &phases = {}) const {
        return launchOn(box.sandbox.fleetFile(), id, phases);
    }
    [[nodiscard]] static QJsonObject record(const QString &dataDir, const QString &id);
    [[nodiscard]] static QString stateOf(const QString &dataDir, const QString &id);
    [[nodiscard]] static QString verdictOf(const QString &dataDir, const QString &id, int phase);
    [[nodiscard]] static QByteArray notesOf(const QString &dataDir, const QString &id);
    /// What is there of campaigns: locks, jobs, work folders, servers. Empty: nothing.
    [[nodiscard]] QByteArray leftOnHosts() const;

    Box box;
    Fleet fleet;
};

/// A suite with a rig for all of its tests. After one that failed there is another: what is left on its hosts
/// is in no other test's way.
class CampaignRigSuite : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();

protected:
    std::unique_ptr<CampaignRig> m_rig;
};

/// A small disk of a test's own, gone with it.
class SmallDisk {
public:
    explicit SmallDisk(int mebibytes);
    ~SmallDisk();
    Q_DISABLE_COPY_MOVE(SmallDisk)

    [[nodiscard]] bool isMounted() const { return m_mounted; } ///< false: this takes root
    [[nodiscard]] QString path() const { return m_dir.filePath(QStringLiteral("disk")); }
    void fill() const;
    void empty() const;

private:
    QTemporaryDir m_dir;
    bool m_mounted = false;
};

} // namespace slipway::test
