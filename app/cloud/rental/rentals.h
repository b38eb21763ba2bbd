// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/preflight.h"
#include "app/cloud/rental/rentalprovisioning.h"
#include "app/cloud/rental/rentalremoval.h"
#include "app/core/mailbox.h"
#include "app/core/paths.h"
#include "models/fleet/fleet.h"

#include <QObject>

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <thread>

namespace slipway {

[[nodiscard]] QString rentingUser(); ///< whose name rented things carry

struct TokenView {
    QString masked;       ///< "dop_v1_…"; empty: there is none, as `problem` says
    QString variable;     ///< of the environment that holds it; empty: the keyring does
    CloudAddress address; ///< where it is sent
    QString problem;
};

/// Provisioned fleets, for both faces: each call is an operation of its own. Lives on its creator's thread;
/// each call works on a thread of its own and answers there by callback. The destructor stops and joins them
/// all; what was under way is in its journal and is continued by the next call.
class Rentals final : public QObject {
    Q_OBJECT
public:
    Rentals(Paths paths, SshOptions ssh, std::shared_ptr<const Cloud> cloud, QObject *parent = nullptr);
    ~Rentals() override;

    template <typename T>
    using Done = std::function<void(Result<T>)>;

    /// What create() would do, without doing it.
    void preflight(const RentalSpec &spec, Done<Preflight> done);
    /// Rents, or continues a rental of the name that was interrupted. When it fails, what was made is
    /// destroyed, unless the spec says keep; when cancelled it stays, in the journal, for create() or
    /// destroy().
    void create(const RentalSpec &spec, const RentalOptions &options, Done<RentalNow> done);
    /// Logs in, waits for cloud-init, installs. Can be repeated.
    void prepare(const QString &name, const Preparation &preparation, Done<RentalNow> done);

    /// From the journals; when some rental lives, the API is asked for its time and for what came up late.
    void list(Done<KnownRentals> done);
    /// NotFound when neither the journals nor the account know the name.
    void show(const QString &name, Done<RentalView> done);

    /// `shown`: the droplets that a person said yes to; others being there by now is refused. Nothing:
    /// without a person. `abandoned`: the campaign that has not ended on it and that a person abandons;
    /// another one being there is refused.
    void destroy(const QString &name, const std::optional<QList<qint64>> &shown, const QString &abandoned,
                 Done<void> done);
    /// Notes that a campaign runs on a fleet, and that it is kept afterwards; nothing when its hosts are not
    /// the droplets of a rental of its name.
    void campaignBegan(const Fleet &fleet, const QString &campaign, bool keep);
    /// Gives the fleet that it ran on back, if that was rented and is not kept.
    void campaignEnded(const QString &campaign);
    /// At the start of a process: destroys what was ordered destroyed and is not gone, and fleets that are
    /// not kept and whose campaign is one of `ended`. Answers with their names, or with why some are still
    /// there; asks for no token when there are none.
    void destroyOverdue(const QStringList &ended, Done<QStringList> done);

    void lookAround(Done<OrphanView> done);
    /// Destroys those of `chosen` (ids of any kind) that are still there, and answers with them. Refused when
    /// one of them is claimed by now, or is the firewall or VPC of a droplet that is not chosen.
    void destroyOrphans(const QStringList &chosen, Done<OrphanView> done);
    void cost(Done<CostView> done);
    void offers(Done<Offers> done); ///< regions and sizes with their prices

    [[nodiscard]] const Cloud &cloud() const { return *m_cloud; }
    void token(Done<TokenView> done);
    /// Into the system keyring, for the address that a person was shown and for no other.
    void keepToken(const QByteArray &secret, const QUrl &base, Done<void> done);
    void forgetToken(const QUrl &base, Done<void> done);
    void rememberApi(const QString &address, Done<void> done); ///< empty: the default again

    void cancel();                    ///< all that runs; each answers with Cancelled
    void cancel(const QString &name); ///< what runs on this fleet, or kOrphansName
    [[nodiscard]] bool isBusy() const { return !m_operations.empty(); }

Q_SIGNALS:
    void progressed(const QString &name, const slipway::RentalProgress &progress);
    void changed(const QString &name);                             ///< a rental began, became ready, ended
    void failed(const QString &name, const slipway::Error &error); ///< of what nobody waits for
    void idle();                                                   ///< nothing runs any more

private:
    struct Operation {
        QString name; ///< the fleet's that it changes
        std::jthread thread;
    };
    template <typename T>
    void start(const QString &name, std::function<Result<T>(std::stop_token)> work, Done<T> done);
    [[nodiscard]] RentalAccess access(const std::stop_token &stop) const { return {m_paths, m_cloud, stop}; }
    [[nodiscard]] ReportRental reporter(const QString &name);
    [[nodiscard]] RentalProvisioning provisioning(const QString &name, const std::stop_token &stop);
    [[nodiscard]] RentalRemoval removal(const std::stop_token &stop);
    void reportChanged(const QString &name);

    Paths m_paths;
    SshOptions m_ssh;
    std::shared_ptr<const Cloud> m_cloud;
    std::unique_ptr<Mailbox> m_mailbox;
    std::list<Operation> m_operations; ///< before the mailbox that they post to goes, they have ended
};

template <typename T>
void Rentals::start(const QString &name, std::function<Result<T>(std::stop_token)> work, Done<T> done) {
    const auto operation = m_operations.emplace(m_operations.end());
    operation->name = name;
    operation->thread = std::jthread(
        [this, operation, work = std::move(work), done = std::move(done)](const std::stop_token &stop) {
            const Result<T> result = work(stop);
            m_mailbox->post([this, operation, done, result] {
                m_operations.erase(operation);
                done(result);
                if (m_operations.empty())
                    Q_EMIT idle();
            });
        });
}

} // namespace slipway
