// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/preflight.h"

#include "app/cloud/rental/userdata.h"
#include "models/fleet/addressrange.h"
#include "models/fleet/rentalnames.h"

#include <algorithm>

namespace slipway {

namespace {

// Reads one family after the other; a refusal is a check that failed, not the end.
class Checks {
public:
    Checks(CloudProvider &client, const RentalSpec &spec) : m_client(client) { m_report.spec = spec; }

    Result<Preflight> run() {
        const auto account = read(QStringLiteral("account:read"), m_client.account());
        const auto servers = read(QStringLiteral("droplet:read"), m_client.servers());
        const auto tags = read(QStringLiteral("tag:read"), m_client.tags());
        const auto networks = read(QStringLiteral("vpc:read"), m_client.networks());
        const auto firewalls = read(QStringLiteral("firewall:read"), m_client.firewalls());
        const auto keys = read(QStringLiteral("ssh_key:read"), m_client.keys());
        const auto regions = read(QStringLiteral("regions:read"), m_client.regions());
        const auto sizes = read(QStringLiteral("sizes:read"), m_client.sizes());
        const auto image = read(QStringLiteral("image:read"), m_client.image(spec().image), true);
        if (m_fatal)
            return *m_fatal;
        if (account && servers)
            checkLimit(*account, servers->size());
        if (keys)
            checkKey(*keys);
        if (regions)
            checkRegion(*regions);
        if (sizes)
            checkSizes(*sizes);
        if (image && !image->regions.contains(spec().region))
            add(QStringLiteral("image"), false,
                QStringLiteral("%1 is not in %2").arg(spec().image, spec().region));
        if (servers && tags && firewalls && networks)
            checkNames(*servers, *tags, *firewalls, *networks);
        if (networks)
            checkRange(*networks);
        return m_report;
    }

private:
    [[nodiscard]] const RentalSpec &spec() const { return m_report.spec; }
    void add(const QString &name, bool ok, const QString &text) { m_report.checks.append({name, ok, text}); }

    template <typename T>
    std::optional<T> read(const QString &scope, const Result<T> &result, bool named = false) {
        if (result) {
            add(scope, true, {});
            return *result;
        }
        const Error &error = result.error();
        if (error.code == ErrorCode::AuthRefused) {
            add(scope, false, QStringLiteral("the token lacks it, or is not accepted. %1").arg(error.text));
        } else if (named && error.code == ErrorCode::NotFound) {
            add(scope, true, {});
            add(QStringLiteral("image"), false, QStringLiteral("there is no image %1").arg(spec().image));
        } else if (!m_fatal) {
            m_fatal = error;
        }
        return {};
    }

    void checkLimit(const Account &account, qsizetype used) {
        const qsizetype requested = spec().members.size();
        add(QStringLiteral("account"), account.status == QLatin1String("active"),
            QStringLiteral("%1 is %2").arg(account.email, account.status));
        add(QStringLiteral("droplet limit"), used + requested <= account.serverLimit,
            used + requested <= account.serverLimit
                ? QStringLiteral("%1 of %2 in use").arg(used).arg(account.serverLimit)
                : QStringLiteral("%1 of %2 are in use and %3 are requested. \"fleet sweep\" finds orphans")
                      .arg(used)
                      .arg(account.serverLimit)
                      .arg(requested));
    }

    void checkKey(const QList<SshKey> &keys) {
        const auto fingerprint = keyFingerprint(spec().publicKeyFile);
        if (!fingerprint) {
            add(QStringLiteral("SSH key"), false, fingerprint.error().text);
            return;
        }
        m_report.spec.fingerprint = *fingerprint;
        const auto it = std::find_if(keys.begin(), keys.end(),
                                     [&](const SshKey &key) { return key.fingerprint == *fingerprint; });
        if (it != keys.end())
            add(QStringLiteral("SSH key"), true,
                QStringLiteral("%1 is in the account as \"%2\"").arg(spec().publicKeyFile, it->name));
        else
            add(QStringLiteral("SSH key"), false,
                QStringLiteral("the account does not have %1 (%2). Add it there, or with --add-key")
                    .arg(spec().publicKeyFile, *fingerprint));
    }

    void checkRegion(const QList<Region> &regions) {
        const bool there = std::any_of(regions.begin(), regions.end(), [this](const Region &region) {
            return region.slug == spec().region && region.available;
        });
        add(QStringLiteral("region"), there,
            there ? spec().region
                  : QStringLiteral("there is no region %1, or it is closed").arg(spec().region));
    }

    void checkSizes(const QList<Size> &sizes) {
        for (const RentalMember &member : spec().members) {
            const auto size = std::find_if(sizes.begin(), sizes.end(), [&](const Size &other) {
                return other.slug == member.size && other.available && other.regions.contains(spec().region);
            });
            if (size == sizes.end()) {
                add(QStringLiteral("size"), false,
                    QStringLiteral("%1 cannot be had in %2").arg(member.size, spec().region));
                continue;
            }
            m_report.perHour += size->perHour;
            m_report.expected += serverCost(size->perHour, qint64(spec().hours) * 3600);
        }
        add(QStringLiteral("price"), true,
            QStringLiteral("%1 an hour, %2 for %3 h")
                .arg(m_report.perHour.text(), m_report.expected.text())
                .arg(spec().hours));
    }

    // Two campaigns must never share a tag: what is destroyed by one would be the other's.
    void checkNames(const QList<CloudServer> &servers, const QStringList &tags,
                    const QList<Firewall> &firewalls, const QList<CloudNetwork> &networks) {
        const auto ours = [this](const auto &thing) {
            return rentalnames::fleetOf(thing.name, {}) == spec().name;
        };
        const bool used = tags.contains(rentalnames::fleetTag(spec().name)) ||
                          std::any_of(servers.begin(), servers.end(), ours) ||
                          std::any_of(firewalls.begin(), firewalls.end(), ours) ||
                          std::any_of(networks.begin(), networks.end(), ours);
        add(QStringLiteral("name"), !used,
            used ? QStringLiteral(
                       "the account has something of a fleet %1 already. Choose another name, or give "
                       "that back with \"fleet destroy %1\"")
                       .arg(spec().name)
                 : QStringLiteral("nothing is called %1").arg(spec().name));
    }

    void checkRange(const QList<CloudNetwork> &networks) {
        const bool hasDefault =
            std::any_of(networks.begin(), networks.end(), [this](const CloudNetwork &network) {
                return network.isDefault && network.region == spec().region;
            });
        if (!hasDefault)
            add(QStringLiteral("default VPC"), false,
                QStringLiteral(
                    "%1 has none yet: the fleet's would become it and could never be removed. Make a "
                    "droplet there once by hand, or choose another region")
                    .arg(spec().region));
        QList<AddressRange> taken;
        for (const CloudNetwork &network : networks) {
            if (const auto range = AddressRange::parse(network.range))
                taken << *range;
        }
        const auto requested = spec().range.isEmpty() ? freeRange(taken) : AddressRange::parse(spec().range);
        if (!requested) {
            add(QStringLiteral("range"), false,
                QStringLiteral("no private network is free; give one with --range"));
            return;
        }
        m_report.spec.range = requested->text();
        for (const CloudNetwork &network : networks) {
            const auto range = AddressRange::parse(network.range);
            if (range && range->overlaps(*requested)) {
                add(QStringLiteral("range"), false,
                    QStringLiteral("%1 overlaps with VPC %2 (%3)")
                        .arg(requested->text(), network.name, network.range));
                return;
            }
        }
        add(QStringLiteral("range"), true, QStringLiteral("%1 is free").arg(requested->text()));
    }

    CloudProvider &m_client;
    Preflight m_report;
    std::optional<Error> m_fatal;
};

} // namespace

bool Preflight::ok() const {
    return std::all_of(checks.begin(), checks.end(), [](const PreflightCheck &check) { return check.ok; });
}

Result<Preflight> preflight(CloudProvider &client, const RentalSpec &spec) {
    TRY(checkSpec(spec));
    return Checks(client, spec).run();
}

} // namespace slipway
