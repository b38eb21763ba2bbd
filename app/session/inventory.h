// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/fleetcheck.h"
#include "app/core/paths.h"
#include "app/fleet/fleetimportfile.h"
#include "app/fleet/fleetstore.h"
#include "app/ssh/sshconnect.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace slipway {

class Mailbox;
class Worker;

/// The named fleets and the state of their hosts. Lives on the GUI (or main) thread; files are read and hosts
/// asked elsewhere. Answers come by callback on the owner's thread.
class Inventory final : public QObject {
    Q_OBJECT
public:
    Inventory(Paths paths, SshOptions ssh);
    ~Inventory() override; ///< gives up what is being asked, joins every thread

    void list(std::function<void(QList<StoredFleet>)> done);
    /// See FleetStore::write(). In the order of the calls.
    void write(const QList<FleetChange> &changes, std::function<void(Result<void>)> done);
    void readImport(const QString &path, std::optional<FleetFormat> format,
                    std::function<void(Result<FleetImport>)> done);
    /// The fleet's own host keys and those pinned for it, as SHA256 fingerprints with their type, by host.
    void pinnedKeys(const Fleet &fleet, std::function<void(QMap<QString, QStringList>)> done);

    struct CheckAnswers {
        std::function<void(const HostHealth &)> checked;
        std::function<void(const QList<HostHealth> &)> finished; ///< not after cancelCheck()
    };
    /// Asks all hosts how they are, and for what is needed of each. Answers with its number.
    int check(const Fleet &fleet, const QMap<QString, HostNeeds> &needs, CheckAnswers answers);
    void cancelCheck(int number); ///< an unknown one is over already

private:
    struct Checking;

    Worker &files();
    void wire(int number, FleetCheck &check);

    Paths m_paths;
    SshOptions m_ssh;
    std::unique_ptr<Mailbox> m_mailbox;
    std::unique_ptr<Worker> m_files; ///< made when first needed
    std::map<int, std::unique_ptr<Checking>> m_checks;
    int m_lastCheck = 0;
};

} // namespace slipway
