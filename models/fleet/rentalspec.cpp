// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/jsonfields.h"
#include "models/fleet/addressrange.h"
#include "models/fleet/fleet.h"
#include "models/fleet/rental.h"
#include "models/fleet/rentalnames.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

namespace slipway {

namespace {

constexpr qsizetype kMaxMembers = 10; // by their ids, a firewall takes no more
constexpr int kMaxHours = 24 * 7;

Error refuse(const QString &field, const QString &why) {
    return {ErrorCode::InvalidInput, QStringLiteral("%1 %2").arg(field, why)};
}

bool isSlug(const QString &text) {
    static const QRegularExpression slug(QStringLiteral("\\A[a-z0-9][a-z0-9.-]{0,62}\\z"));
    return slug.match(text).hasMatch();
}

bool isSource(const QString &text) {
    static const QRegularExpression source(QStringLiteral("\\A[0-9a-fA-F:.]{2,45}(/[0-9]{1,3})?\\z"));
    return source.match(text).hasMatch();
}

QString roleName(HostRole role) {
    return role == HostRole::Chaos ? QStringLiteral("chaos") : QStringLiteral("peer");
}

Result<void> checkMembers(const QList<RentalMember> &members) {
    if (members.isEmpty() || members.size() > kMaxMembers)
        return refuse(
            QStringLiteral("The fleet"),
            QStringLiteral("may have 1 to %1 droplets, not %2.").arg(kMaxMembers).arg(members.size()));
    QSet<QString> names;
    for (const RentalMember &member : members) {
        if (!rentalnames::isLegal(member.host))
            return refuse(QStringLiteral("The host name \"%1\"").arg(member.host),
                          QStringLiteral("must be 1 to 40 of a-z, 0-9 and dashes, no dash at an end."));
        if (names.contains(member.host))
            return refuse(QStringLiteral("The host name \"%1\"").arg(member.host),
                          QStringLiteral("is there twice."));
        names.insert(member.host);
        if (!isSlug(member.size))
            return refuse(QStringLiteral("The size \"%1\"").arg(member.size),
                          QStringLiteral("is not a slug such as s-2vcpu-4gb."));
    }
    return {};
}

} // namespace

QList<RentalMember> defaultMembers(int peers, const QString &peerSize, const QString &chaosSize) {
    QList<RentalMember> members;
    for (int i = 0; i < std::min(peers, kMaxPeers); ++i)
        members.append(
            {QStringLiteral("node-%1").arg(QChar(static_cast<char16_t>('a' + i))), HostRole::Peer, peerSize});
    members.append({QStringLiteral("chaos"), HostRole::Chaos, chaosSize});
    return members;
}

Result<void> checkSpec(const RentalSpec &spec) {
    if (!rentalnames::isLegal(spec.name))
        return refuse(QStringLiteral("The name \"%1\"").arg(spec.name),
                      QStringLiteral("must be 1 to 40 of a-z, 0-9 and dashes, no dash at an end: it becomes "
                                     "part of tags and names at DigitalOcean."));
    static const QRegularExpression region(QStringLiteral("\\A[a-z]{2,8}[0-9]{1,2}\\z"));
    if (!region.match(spec.region).hasMatch())
        return refuse(QStringLiteral("The region \"%1\"").arg(spec.region),
                      QStringLiteral("must be a whole slug such as nyc3."));
    if (!isSlug(spec.image))
        return refuse(QStringLiteral("The image \"%1\"").arg(spec.image),
                      QStringLiteral("is neither a slug such as ubuntu-24-04-x64 nor an id."));
    if (!spec.range.isEmpty()) {
        const auto range = AddressRange::parse(spec.range);
        if (!range || !range->fitsVpc())
            return refuse(
                QStringLiteral("The range \"%1\"").arg(spec.range),
                QStringLiteral("is not a private network between /28 and /16, such as 10.250.0.0/24."));
    }
    if (spec.sshFrom.isEmpty() || !std::all_of(spec.sshFrom.begin(), spec.sshFrom.end(), isSource))
        return refuse(QStringLiteral("--ssh-from \"%1\"").arg(spec.sshFrom.join(QLatin1Char(','))),
                      QStringLiteral("must be addresses or networks such as 203.0.113.7/32."));
    if (spec.hours < 1 || spec.hours > kMaxHours)
        return refuse(QStringLiteral("The hours"), QStringLiteral("may be 1 to %1.").arg(kMaxHours));
    if (!spec.serverPath.startsWith(QLatin1Char('/')) || spec.serverPath.contains(QLatin1Char('\n')))
        return refuse(QStringLiteral("The server's path \"%1\"").arg(spec.serverPath),
                      QStringLiteral("must be absolute."));
    return checkMembers(spec.members);
}

QJsonObject specToJson(const RentalSpec &spec) {
    QJsonArray members;
    for (const RentalMember &member : spec.members)
        members.append(QJsonObject{{QStringLiteral("host"), member.host},
                                   {QStringLiteral("role"), roleName(member.role)},
                                   {QStringLiteral("size"), member.size}});
    return {{QStringLiteral("name"), spec.name},
            {QStringLiteral("region"), spec.region},
            {QStringLiteral("image"), spec.image},
            {QStringLiteral("range"), spec.range},
            {QStringLiteral("members"), members},
            {QStringLiteral("publicKeyFile"), spec.publicKeyFile},
            {QStringLiteral("fingerprint"), spec.fingerprint},
            {QStringLiteral("sshFrom"), QJsonArray::fromStringList(spec.sshFrom)},
            {QStringLiteral("sshConfig"), spec.sshConfig},
            {QStringLiteral("serverPath"), spec.serverPath},
            {QStringLiteral("owner"), spec.owner},
            {QStringLiteral("hours"), spec.hours},
            {QStringLiteral("keep"), spec.keep}};
}

Result<RentalSpec> specFromJson(const QJsonObject &object) {
    JsonFields fields(object, QString());
    RentalSpec spec;
    spec.name = fields.text(QStringLiteral("name"));
    spec.region = fields.text(QStringLiteral("region"));
    spec.image = fields.text(QStringLiteral("image"));
    spec.range = fields.text(QStringLiteral("range"), QString());
    for (JsonFields &entry : fields.objects(QStringLiteral("members"))) {
        const QString host = entry.text(QStringLiteral("host"));
        const QString role = entry.text(QStringLiteral("role"));
        const QString size = entry.text(QStringLiteral("size"));
        spec.members.append({host, role == QLatin1String("chaos") ? HostRole::Chaos : HostRole::Peer, size});
        fields.adopt(entry);
    }
    spec.publicKeyFile = fields.text(QStringLiteral("publicKeyFile"), QString());
    spec.fingerprint = fields.text(QStringLiteral("fingerprint"), QString());
    spec.sshFrom = fields.texts(QStringLiteral("sshFrom"));
    spec.sshConfig = fields.text(QStringLiteral("sshConfig"), QString());
    spec.serverPath = fields.text(QStringLiteral("serverPath"));
    spec.owner = fields.text(QStringLiteral("owner"), QString());
    spec.hours = static_cast<int>(fields.integer(QStringLiteral("hours"), 1, kMaxHours));
    spec.keep = fields.flag(QStringLiteral("keep"), false);
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::Corrupt, fields.problem()};
    TRY(checkSpec(spec));
    return spec;
}

} // namespace slipway
