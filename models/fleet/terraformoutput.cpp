// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetimport.h"
#include "models/fleet/hostobject.h"
#include "models/fleet/inventorytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr int kMaxDepth = 8;

// What a lone address in an output is: known by the words of the output's name.
enum class Kind { Public, Private, Ipv6 };

struct OutputName {
    QString base; ///< without the words that say what its values are: "peer" of "peer_private_ips"
    Kind kind = Kind::Public;
};

OutputName readName(const QString &name) {
    static const QRegularExpression edge(QStringLiteral("[^A-Za-z0-9]+"));
    static const QStringList plain{
        QStringLiteral("ip"),   QStringLiteral("ips"),     QStringLiteral("ipv4"),
        QStringLiteral("v4"),   QStringLiteral("address"), QStringLiteral("addresses"),
        QStringLiteral("addr"), QStringLiteral("public"),  QStringLiteral("external"),
        QStringLiteral("list"), QStringLiteral("map")};
    static const QStringList ofPrivate{QStringLiteral("private"), QStringLiteral("internal"),
                                       QStringLiteral("vpc")};
    static const QStringList ofIpv6{QStringLiteral("ipv6"), QStringLiteral("v6")};
    OutputName read;
    QStringList kept;
    for (const QString &word : name.split(edge, Qt::SkipEmptyParts)) {
        const QString lower = word.toLower();
        if (ofPrivate.contains(lower))
            read.kind = Kind::Private;
        else if (ofIpv6.contains(lower))
            read.kind = Kind::Ipv6;
        else if (!plain.contains(lower))
            kept << word;
    }
    read.base = kept.join(QLatin1Char('-'));
    return read;
}

// A host that an output gives as an address alone; those of one base and key are one machine.
struct LoneAddress {
    QString name;
    QString address;
    QString where;
};
using LoneAddresses = QMap<QString, LoneAddress>; // by base and key

class OutputReader {
public:
    explicit OutputReader(QString what) : m_what(std::move(what)) {}

    void read(const QString &output, const QJsonValue &value, const QString &where) {
        if (isServiceName(output)) {
            leaveOut(m_import, where, QStringLiteral("is not a host by its name"));
            return;
        }
        readValue(output, output, value, where, 0);
    }

    Result<FleetImport> finish(const QString &none) {
        // Machines with a name of their own first: an address that comes again is the same machine.
        for (const auto &[key, found] : m_addresses.at(0).asKeyValueRange())
            addAlone(key, found);
        for (const auto &[key, found] : m_addresses.at(2).asKeyValueRange()) {
            if (!m_addresses.at(0).contains(key))
                addAlone(key, found);
        }
        for (const auto &[key, found] : m_addresses.at(1).asKeyValueRange()) {
            if (!m_addresses.at(0).contains(key) && !m_addresses.at(2).contains(key))
                leaveOut(m_import, found.where,
                         QStringLiteral("%1 is a private address without a public one next to it")
                             .arg(found.name));
        }
        if (std::any_of(m_import.fleet.hosts.begin(), m_import.fleet.hosts.end(),
                        [](const Host &host) { return host.id.isEmpty(); }))
            addNote(m_import,
                    QStringLiteral("Outputs hold no droplet ids: Slipway will not destroy these hosts."));
        return finished(std::move(m_import), none);
    }

private:
    // `place` is the nearest name: of the output, or of an entry in it.
    void readValue(const QString &output, const QString &place, const QJsonValue &value, const QString &where,
                   int depth) {
        if (depth > kMaxDepth)
            leaveOut(m_import, where, QStringLiteral("is nested deeper than %1").arg(kMaxDepth));
        else if (value.isArray())
            readList(output, place, value.toArray(), where, depth);
        else if (value.isObject())
            readObject(output, place, value.toObject(), where, depth);
        else if (isIpAddress(value.toString()))
            noteAddress(output, {}, value.toString(), where);
        else
            leaveOut(m_import, where,
                     value.isNull() ? QStringLiteral("is null")
                                    : QStringLiteral("is not the address of a host"));
    }

    void readList(const QString &output, const QString &place, const QJsonArray &list, const QString &where,
                  int depth) {
        for (qsizetype i = 0; i < list.size(); ++i) {
            const QJsonValue value = list.at(i);
            const QString at = QStringLiteral("%1[%2]").arg(where).arg(i);
            if (isIpAddress(value.toString()))
                noteAddress(output, QString::number(i + 1), value.toString(), at);
            else if (value.isObject() && readHostObject(value.toObject()).isHost)
                addObject(readHostObject(value.toObject()),
                          QStringLiteral("%1-%2").arg(singular(readName(place).base)).arg(i + 1), place, at);
            else
                readValue(output, place, value, at, depth + 1);
        }
        if (list.isEmpty())
            leaveOut(m_import, where, QStringLiteral("is an empty list"));
    }

    void readObject(const QString &output, const QString &place, const QJsonObject &object,
                    const QString &where, int depth) {
        if (const HostObject host = readHostObject(object); host.isHost && isOneHost(object)) {
            addObject(host, nameOf(place), place, where);
            return;
        }
        for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
            const QString at = where + QLatin1Char('.') + it.key();
            if (isServiceName(it.key()))
                leaveOut(m_import, at, QStringLiteral("is not a host by its name"));
            else if (isIpAddress(it.value().toString()))
                noteAddress(output, it.key(), it.value().toString(), at);
            else if (it.value().isObject() && it.value().toObject().isEmpty())
                leaveOut(m_import, at + QStringLiteral(".public"), QStringLiteral("must be an IP address"));
            else if (const HostObject host = readHostObject(it.value().toObject()); host.isHost)
                addObject(host, it.key(), place, at);
            else
                readValue(output, it.key(), it.value(), at, depth + 1);
        }
        if (object.isEmpty())
            leaveOut(m_import, where, QStringLiteral("is an empty map"));
    }

    // A map of names to addresses may have a host that is called "internal"; a machine's own fields are few
    // texts.
    static bool isOneHost(const QJsonObject &object) {
        for (const QJsonValue value : object) {
            if (value.isObject() && readHostObject(value.toObject()).isHost)
                return false;
        }
        return true;
    }

    void addObject(const HostObject &object, const QString &fallbackName, const QString &place,
                   const QString &where) {
        if (isServiceName(object.name)) {
            leaveOut(m_import, where,
                     QStringLiteral("%1 is not a host by its name").arg(object.name.left(80)));
            return;
        }
        HostOfObject made = hostOf(object, fallbackName);
        if (!made.host) {
            const bool isOfField = made.why == object.problem && !made.why.isEmpty();
            leaveOut(m_import,
                     isOfField ? where + QLatin1Char('.') + made.why.section(QLatin1Char(':'), 0, 0) : where,
                     isOfField ? made.why.section(QStringLiteral(": "), 1) : made.why);
            return;
        }
        if (object.role.isEmpty() && isChaos(place))
            made.host->role = HostRole::Chaos;
        if (object.isIpv6)
            addNote(m_import, QStringLiteral("%1: %2 has no IPv4 address and is reached by IPv6.")
                                  .arg(where, made.host->name));
        addOnce(*made.host, where);
    }

    void noteAddress(const QString &output, const QString &key, const QString &address,
                     const QString &where) {
        const OutputName name = readName(output);
        const bool isNumber = !key.isEmpty() && key.at(0).isDigit();
        const QString base = key.isEmpty() || isNumber ? singular(name.base) : QString();
        const QString called = key.isEmpty() ? nameOf(output)
                               : isNumber    ? base + QLatin1Char('-') + key
                                             : key;
        const auto kind = address.contains(QLatin1Char(':')) ? Kind::Ipv6 : name.kind;
        m_addresses.at(static_cast<std::size_t>(kind))
            .insert(name.base + QLatin1Char('/') + key, {called, address, where});
        if (isChaos(name.base))
            m_chaos << called;
    }

    void addAlone(const QString &key, const LoneAddress &found) {
        Host host = importedHost(found.name);
        host.address = found.address;
        host.privateAddress = m_addresses.at(1).value(key).address;
        if (m_chaos.contains(found.name))
            host.role = HostRole::Chaos;
        if (addOnce(host, found.where) && host.privateAddress.isEmpty())
            addNote(m_import,
                    QStringLiteral("%1 has no private address in the outputs; its public one is taken.")
                        .arg(host.name));
    }

    bool addOnce(const Host &host, const QString &where) {
        for (const Host &there : std::as_const(m_import.fleet.hosts)) {
            if (there.address == host.address) {
                leaveOut(m_import, where, QStringLiteral("is the address of %1 again").arg(there.name));
                return false;
            }
        }
        const qsizetype before = m_import.fleet.hosts.size();
        takeImported(m_import, host, where);
        return m_import.fleet.hosts.size() > before;
    }

    static bool isChaos(const QString &name) {
        return name.contains(QLatin1String("chaos"), Qt::CaseInsensitive);
    }

    static QString nameOf(const QString &output) {
        const QString base = readName(output).base;
        return base.isEmpty() ? QStringLiteral("host") : plainNameOf(base);
    }

    static QString singular(const QString &base) {
        const QString name = nameOf(base);
        return name.size() > 3 && name.endsWith(QLatin1Char('s')) && !name.endsWith(QLatin1String("ss")) &&
                       !name.endsWith(QLatin1String("os"))
                   ? name.chopped(1)
                   : name;
    }

    QString m_what;
    FleetImport m_import;
    std::array<LoneAddresses, 3> m_addresses; ///< by Kind
    QStringList m_chaos;                      ///< names of hosts of an output that says so
};

// A text by itself, which QJsonDocument does not read.
QJsonValue valueIn(const QByteArray &utf8, QJsonParseError &error) {
    const QByteArray trimmed = utf8.trimmed();
    if (!trimmed.startsWith('"'))
        return trimmed.startsWith('[') ? QJsonValue(QJsonDocument::fromJson(utf8, &error).array())
                                       : QJsonValue(QJsonDocument::fromJson(utf8, &error).object());
    return QJsonDocument::fromJson('[' + trimmed + ']', &error).array().at(0);
}

} // namespace

Result<FleetImport> importTerraformOutput(const QByteArray &bytes, const QString &what) {
    const auto utf8 = inventoryText(bytes, what);
    if (!utf8)
        return utf8.error();
    QJsonParseError parse{};
    const QJsonValue value = valueIn(*utf8, parse);
    if (parse.error != QJsonParseError::NoError)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is not JSON: %2 at byte %3").arg(what, parse.errorString()).arg(parse.offset)};
    const QJsonObject object = value.toObject();
    if (value.isObject() && object.isEmpty())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 contains no outputs: \"terraform apply\" has not finished.").arg(what)};
    OutputReader reader(what);
    bool isWrapped = false; // with one output named, terraform prints its value alone
    for (const QJsonValue output : object)
        isWrapped = isWrapped || output.toObject().contains(QLatin1String("value"));
    if (!isWrapped)
        reader.read({}, value, what);
    for (auto it = object.constBegin(); isWrapped && it != object.constEnd(); ++it)
        reader.read(it.key(), it.value().toObject().value(QLatin1String("value")),
                    QStringLiteral("%1: %2").arg(what, it.key()));
    return reader.finish(
        QStringLiteral("%1 contains no output that is a host: an IP address, a list or map of "
                       "them, or objects with an address.")
            .arg(what));
}

} // namespace slipway
