// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/rental.h"

#include "models/core/instant.h"
#include "models/core/jsonfields.h"

#include <QJsonDocument>

#include <algorithm>

namespace slipway {

namespace {

QString text(const QJsonObject &object, const char *key) {
    return object.value(QLatin1String(key)).toString();
}

Rental::Member *memberOf(Rental &rental, const QString &host) {
    const auto it = std::find_if(rental.members.begin(), rental.members.end(),
                                 [&](const Rental::Member &member) { return member.requested.host == host; });
    return it == rental.members.end() ? nullptr : &*it;
}

QDateTime createdAt(const RentalEvent &event) {
    const QDateTime created = instantOf(text(event.data, "created"));
    return created.isValid() ? created : event.at;
}

Money priceOf(const RentalEvent &event) {
    return {event.data.value(QStringLiteral("micros")).toInteger()};
}

// What costs of a list of members or duplicates, which both are made, gone and have a price.
template <typename T>
std::optional<Money> costOf(const QList<T> &servers, const QDateTime &now) {
    Money sum;
    for (const T &server : servers) {
        if (server.serverId == 0)
            continue;
        const QDateTime until = server.goneAt.isValid() ? server.goneAt : now;
        if (!until.isValid())
            return std::nullopt;
        sum += serverCost(server.perHour, server.madeAt.secsTo(until));
    }
    return sum;
}

template <typename T>
QList<T> livingOf(const QList<T> &servers) {
    QList<T> living;
    std::copy_if(servers.begin(), servers.end(), std::back_inserter(living),
                 [](const T &server) { return server.serverId != 0 && !server.goneAt.isValid(); });
    return living;
}

void takeServer(Rental::Member &member, const RentalEvent &event) {
    if (event.what == QLatin1String("intent")) {
        member.attempts << event.attempt;
        member.askedAt = event.at;
    } else if (event.what == QLatin1String("refused")) {
        member.refused << event.attempt;
    } else if (event.what == QLatin1String("made")) {
        member.serverId = event.id.toLongLong();
        member.madeAt = createdAt(event);
        member.perHour = priceOf(event);
    } else if (event.what == QLatin1String("host")) {
        member.publicAddress = text(event.data, "public");
        member.privateAddress = text(event.data, "private");
    } else if (event.what == QLatin1String("key")) {
        member.hostKey = text(event.data, "key");
    }
}

void takeThing(Rental &rental, const RentalEvent &event) {
    if (event.what == QLatin1String("intent")) {
        if (!rental.requested.contains(event.kind))
            rental.requested << event.kind;
        return;
    }
    if (event.what != QLatin1String("made") && event.what != QLatin1String("gone"))
        return;
    const QString id = event.what == QLatin1String("made") ? event.id : QString();
    if (event.kind == QLatin1String("tag"))
        rental.tag = id;
    else if (event.kind == QLatin1String("vpc"))
        rental.networkId = id;
    else if (event.kind == QLatin1String("firewall"))
        rental.firewallId = id;
}

} // namespace

QByteArray eventToLine(const RentalEvent &event) {
    QJsonObject object{{QStringLiteral("at"), event.at.toString(Qt::ISODateWithMs)},
                       {QStringLiteral("what"), event.what}};
    for (const auto &[key, value] :
         {std::pair{QStringLiteral("kind"), event.kind}, std::pair{QStringLiteral("name"), event.name},
          std::pair{QStringLiteral("id"), event.id}, std::pair{QStringLiteral("attempt"), event.attempt}}) {
        if (!value.isEmpty())
            object.insert(key, value);
    }
    if (!event.data.isEmpty())
        object.insert(QStringLiteral("data"), event.data);
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Result<RentalEvent> eventFromLine(const QByteArray &line) {
    const auto object = parseJsonObject(line, QStringLiteral("the line"));
    if (!object)
        return object.error();
    RentalEvent event;
    event.at = instantOf(text(*object, "at"));
    event.what = text(*object, "what");
    event.kind = text(*object, "kind");
    event.name = text(*object, "name");
    event.id = text(*object, "id");
    event.attempt = text(*object, "attempt");
    event.data = object->value(QStringLiteral("data")).toObject();
    if (!event.at.isValid() || event.what.isEmpty())
        return Error{ErrorCode::Corrupt, QStringLiteral("it has no time or does not say what happened")};
    return event;
}

void Rental::take(const RentalEvent &event) {
    if (event.what == QLatin1String("ready")) {
        state = State::Ready;
    } else if (event.what == QLatin1String("used")) {
        campaign = event.id;
        campaignOver = false;
        if (event.data.value(QStringLiteral("keep")).toBool())
            spec.keep = true;
    } else if (event.what == QLatin1String("unused")) {
        campaignOver = campaignOver || event.id == campaign;
    } else if (event.what == QLatin1String("destroying")) {
        state = State::Destroying;
    } else if (event.what == QLatin1String("ended")) {
        state = State::Ended;
        endedAt = event.at;
    } else if (event.what == QLatin1String("duplicate")) {
        if (const qint64 id = event.id.toLongLong(); !knows(id))
            duplicates.append({id, event.name, createdAt(event), {}, priceOf(event)});
    } else if (event.what == QLatin1String("gone") && event.kind == QLatin1String("droplet")) {
        const qint64 id = event.id.toLongLong();
        for (Duplicate &duplicate : duplicates) {
            if (duplicate.serverId == id)
                duplicate.goneAt = event.at;
        }
        for (Member &member : members) {
            if (member.serverId == id)
                member.goneAt = event.at;
        }
    } else if (event.kind == QLatin1String("droplet")) {
        if (Member *member = memberOf(*this, event.name))
            takeServer(*member, event);
    } else {
        takeThing(*this, event);
    }
}

QString Rental::liveCampaign() const {
    return state == State::Ready && !campaignOver ? campaign : QString();
}

bool Rental::knows(qint64 serverId) const {
    const auto isIt = [serverId](const auto &server) { return server.serverId == serverId; };
    return std::any_of(members.begin(), members.end(), isIt) ||
           std::any_of(duplicates.begin(), duplicates.end(), isIt);
}

std::optional<Money> Rental::cost(const QDateTime &now) const {
    if (state == State::Broken)
        return std::nullopt;
    const auto own = costOf(members, now);
    const auto besides = costOf(duplicates, now);
    if (!own || !besides)
        return std::nullopt;
    Money sum = *own;
    sum += *besides;
    return sum;
}

Money Rental::perHour() const {
    Money sum;
    for (const Member &member : livingOf(members))
        sum += member.perHour;
    for (const Duplicate &duplicate : livingOf(duplicates))
        sum += duplicate.perHour;
    return sum;
}

QList<Rental::Duplicate> Rental::livingDuplicates() const {
    return livingOf(duplicates);
}

const Rental::Member &Rental::member(const QString &host) const {
    return *std::find_if(members.begin(), members.end(),
                         [&](const Member &other) { return other.requested.host == host; });
}

QList<qint64> Rental::serverIds() const {
    QList<qint64> ids;
    for (const Member &member : livingOf(members))
        ids << member.serverId;
    for (const Duplicate &duplicate : livingOf(duplicates))
        ids << duplicate.serverId;
    return ids;
}

QList<Host> Rental::hosts() const {
    QList<Host> list;
    for (const Member &member : members) {
        if (member.publicAddress.isEmpty() || member.goneAt.isValid())
            continue;
        Host host;
        host.name = member.requested.host;
        host.role = member.requested.role;
        host.id = QStringLiteral("droplet-%1").arg(member.serverId);
        host.address = member.publicAddress;
        host.privateAddress = member.privateAddress.isEmpty() ? member.publicAddress : member.privateAddress;
        host.user = QStringLiteral("root");
        if (spec.publicKeyFile.endsWith(QLatin1String(".pub")))
            host.identityFile = spec.publicKeyFile.chopped(4);
        host.sshConfig = spec.sshConfig;
        if (!member.hostKey.isEmpty())
            host.hostKeys << member.hostKey;
        host.serverPath = spec.serverPath;
        host.workDir = QStringLiteral("/tmp");
        list << host;
    }
    return list;
}

QString rentalStateName(Rental::State state) {
    switch (state) {
    case Rental::State::Creating:
        return QStringLiteral("creating");
    case Rental::State::Ready:
        return QStringLiteral("ready");
    case Rental::State::Destroying:
        return QStringLiteral("destroying");
    case Rental::State::Ended:
        return QStringLiteral("ended");
    case Rental::State::Broken:
        return QStringLiteral("journal broken");
    }
    return {};
}

Result<Rental> readRental(const QByteArray &journal, const QString &file) {
    Rental rental;
    QList<QByteArray> lines = journal.split('\n');
    lines.removeLast(); // empty after a whole line; otherwise the half of one
    for (qsizetype number = 0; number < lines.size(); ++number) {
        const auto at = [&](const Error &error) {
            return Error{ErrorCode::Corrupt, QStringLiteral("%1, line %2: %3. Destroying the fleet destroys "
                                                            "what the account has by its name and tags.")
                                                 .arg(file)
                                                 .arg(number + 1)
                                                 .arg(error.text)};
        };
        const auto event = eventFromLine(lines.at(number));
        if (!event)
            return at(event.error());
        if (number > 0) {
            rental.take(*event);
            continue;
        }
        auto spec = specFromJson(event->data.value(QStringLiteral("spec")).toObject());
        if (!spec)
            return at(spec.error());
        rental.spec = std::move(*spec);
        rental.begunAt = event->at;
        rental.ownerTag = event->id;
        rental.api = text(event->data, "api");
        for (const RentalMember &member : std::as_const(rental.spec.members))
            rental.members.append({member, {}, {}, 0, {}, {}, {}, {}, {}, {}, {}});
    }
    if (lines.isEmpty())
        return Error{ErrorCode::NotFound, QStringLiteral("%1 is empty.").arg(file)};
    return rental;
}

} // namespace slipway
