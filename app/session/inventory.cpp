// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/inventory.h"

#include "app/core/mailbox.h"
#include "app/core/worker.h"
#include "app/ssh/sshshell.h"
#include "models/fleet/hostkeyfingerprint.h"

#include <utility>

namespace slipway {

/// A check on a thread of its own.
struct Inventory::Checking {
    FleetCheck *check = nullptr; ///< lives on the worker
    CheckAnswers answers;
    bool over = false;
    std::unique_ptr<Worker> worker;

    ~Checking() {
        worker->post([this] { delete std::exchange(check, nullptr); });
        worker.reset();
    }
};

Inventory::Inventory(Paths paths, SshOptions ssh)
    : m_paths(std::move(paths)), m_ssh(std::move(ssh)), m_mailbox(std::make_unique<Mailbox>()) {}

Inventory::~Inventory() {
    m_checks.clear();
}

void Inventory::list(std::function<void(QList<StoredFleet>)> done) {
    m_files.ask<QList<StoredFleet>>([paths = m_paths] { return FleetStore(paths).list(); }, std::move(done));
}

void Inventory::write(const QList<FleetChange> &changes, std::function<void(Result<void>)> done) {
    m_files.ask<Result<void>>([changes, paths = m_paths] { return FleetStore(paths).write(changes); },
                              std::move(done));
}

void Inventory::readImport(const QString &path, std::optional<FleetFormat> format,
                           std::function<void(Result<FleetImport>)> done) {
    m_files.ask<Result<FleetImport>>([path, format] { return readFleetImport(path, format, {}); },
                                     std::move(done));
}

void Inventory::pinnedKeys(const Fleet &fleet, std::function<void(QMap<QString, QStringList>)> done) {
    const auto read = [fleet, file = m_paths.pinFile()] {
        const HostKeyPins pins(file);
        QMap<QString, QStringList> keys;
        for (const Host &host : fleet.hosts) {
            for (const QString &line : host.hostKeys.isEmpty() ? pins.keysOf(host) : host.hostKeys)
                keys[host.name] << line.section(QLatin1Char(' '), 0, 0) + QLatin1Char(' ') +
                                       hostKeyFingerprint(line);
        }
        return keys;
    };
    m_files.ask<QMap<QString, QStringList>>(read, std::move(done));
}

// Runs on the check's thread: each signal's values are carried over to this object's by the mailbox.
void Inventory::wire(int number, FleetCheck &check) {
    Mailbox &mailbox = *m_mailbox;
    const auto going = [this, number]() -> Checking * {
        const auto it = m_checks.find(number);
        return it == m_checks.end() || it->second->over ? nullptr : it->second.get();
    };
    connect(&check, &FleetCheck::checked, &check, [&mailbox, going](const HostHealth &health) {
        mailbox.post([going, health] {
            if (const Checking *checking = going(); checking && checking->answers.checked)
                checking->answers.checked(health);
        });
    });
    connect(&check, &FleetCheck::finished, &check,
            [this, number, &mailbox, going](const QList<HostHealth> &hosts) {
                mailbox.post([this, number, going, hosts] {
                    const Checking *checking = going();
                    if (!checking)
                        return;
                    const auto finished = checking->answers.finished;
                    cancelCheck(number); // its connections are closed
                    finished(hosts);
                });
            });
}

int Inventory::check(const Fleet &fleet, const QMap<QString, HostNeeds> &needs, CheckAnswers answers) {
    const int number = ++m_lastCheck;
    auto checking = std::make_unique<Checking>();
    checking->answers = std::move(answers);
    checking->worker = std::make_unique<Worker>(QStringLiteral("check"));
    checking->worker->post([this, number, fleet, needs, options = m_ssh, at = checking.get()] {
        at->check = new FleetCheck(
            fleet, needs, [options](const Host &host) { return std::make_unique<SshShell>(host, options); });
        wire(number, *at->check);
        at->check->start();
    });
    m_checks.emplace(number, std::move(checking));
    return number;
}

// Connections take a moment to close, which the owner's thread does not wait for.
void Inventory::cancelCheck(int number) {
    const auto it = m_checks.find(number);
    if (it == m_checks.end() || it->second->over)
        return;
    it->second->over = true;
    it->second->worker->post([this, number, at = it->second.get(), &mailbox = *m_mailbox] {
        delete std::exchange(at->check, nullptr);
        mailbox.post([this, number] { m_checks.erase(number); });
    });
}

} // namespace slipway
