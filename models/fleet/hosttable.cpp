// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/hosttable.h"

#include "models/fleet/hostobject.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <functional>

namespace slipway {

namespace {

enum class Column {
    Unknown,
    Name,
    Role,
    Address,
    PrivateAddress,
    Ipv6,
    Port,
    User,
    Id,
    Group,
    Tags,
    IdentityFile,
    SshConfig,
    ServerPath,
    WorkDir,
    Status
};

// By fieldKey().
const QHash<QString, Column> &columns() {
    static const QHash<QString, Column> all = [] {
        QHash<QString, Column> map;
        const auto add = [&map](Column column, std::initializer_list<const char *> titles) {
            for (const char *title : titles)
                map.insert(QLatin1String(title), column);
        };
        add(Column::Name, {"name", "host", "hostname", "node", "nodename", "server", "servername", "machine",
                           "droplet", "dropletname", "instance", "instancename", "label", "alias"});
        add(Column::Address, {"address", "ip", "ipaddress", "ipv4", "publicip", "publicipv4", "publicaddress",
                              "publicipaddress", "public", "hostip", "externalip", "ansiblehost", "fqdn",
                              "dns", "publicdns", "addr", "ipaddr"});
        add(Column::PrivateAddress, {"privateaddress", "privateip", "privateipv4", "privateipaddress",
                                     "private", "internalip", "internal", "internaladdress", "vpcip"});
        add(Column::Ipv6, {"ipv6", "publicipv6"});
        add(Column::Role, {"role"});
        add(Column::Port, {"port", "sshport", "ansibleport"});
        add(Column::User, {"user", "username", "sshuser", "login", "ansibleuser"});
        add(Column::Id, {"id", "dropletid", "instanceid"});
        add(Column::Group, {"group", "region", "location", "datacenter", "zone"});
        add(Column::Tags, {"tags", "tag", "labels"});
        add(Column::IdentityFile, {"identityfile", "key", "keyfile", "sshkey", "ansiblesshprivatekeyfile"});
        add(Column::SshConfig, {"sshconfig"});
        add(Column::ServerPath, {"serverpath"});
        add(Column::WorkDir, {"workdir"});
        add(Column::Status, {"status"});
        return map;
    }();
    return all;
}

Column columnOf(const QString &title) {
    return columns().value(fieldKey(title), Column::Unknown);
}

bool setRole(Host &host, const QString &value) {
    const QString role = value.toLower();
    host.role = role == QLatin1String("chaos") ? HostRole::Chaos : HostRole::Peer;
    return role == QLatin1String("chaos") || role == QLatin1String("peer");
}

bool setPort(Host &host, const QString &value) {
    bool isNumber = false;
    host.port = value.toUShort(&isNumber);
    return isNumber && host.port > 0;
}

// False where the value cannot be the field's.
bool setField(Host &host, Column column, const QString &value, bool ofDoctl) {
    static const QRegularExpression between(QStringLiteral("[ ,;]+"));
    switch (column) {
    case Column::Role:
        return setRole(host, value);
    case Column::Port:
        return setPort(host, value);
    case Column::Address:
        host.address = value;
        break;
    case Column::PrivateAddress:
        host.privateAddress = value;
        break;
    case Column::User:
        host.user = value;
        break;
    case Column::Id:
        host.id = ofDoctl ? QStringLiteral("droplet-") + value : value;
        break;
    case Column::Group:
        host.group = value;
        break;
    case Column::Tags:
        host.tags = value.split(between, Qt::SkipEmptyParts);
        break;
    case Column::IdentityFile:
        host.identityFile = value;
        break;
    case Column::SshConfig:
        host.sshConfig = value;
        break;
    case Column::ServerPath:
        host.serverPath = value;
        break;
    case Column::WorkDir:
        host.workDir = value;
        break;
    case Column::Name:
    case Column::Ipv6:
    case Column::Status:
    case Column::Unknown:
        break;
    }
    return true;
}

bool isEmptyRow(const TableRow &row) {
    return std::all_of(row.cells.begin(), row.cells.end(),
                       [](const QString &cell) { return cell.isEmpty(); });
}

class TableReader {
public:
    TableReader(const TableRow &header, const QString &what, bool ofDoctl)
        : m_header(header), m_what(what), m_ofDoctl(ofDoctl) {}

    Result<void> readHeader() {
        const QString where = whereOf(m_header);
        for (const QString &title : m_header.cells) {
            const Column column = columnOf(title);
            if (column != Column::Unknown && m_columns.contains(column))
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("%1: \"%2\" is there twice, or means the same as another column.")
                                 .arg(where, title.left(40))};
            m_columns << column;
            if (column == Column::Unknown && !title.isEmpty() && !m_ofDoctl)
                addNote(m_import, QStringLiteral("%1: the column \"%2\" is not known and is left out.")
                                      .arg(where, title.left(40)));
        }
        if (!m_columns.contains(Column::Address))
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("%1: there is no column \"address\". Known columns: name, role, address, "
                               "privateAddress, port, user, id, group, tags, identityFile, sshConfig, "
                               "serverPath, workDir.")
                    .arg(where)};
        return {};
    }

    void add(const TableRow &row) {
        const QString where = whereOf(row);
        for (qsizetype i = m_columns.size(); i < row.cells.size(); ++i) {
            if (!row.cells.at(i).isEmpty()) {
                leaveOut(m_import, where,
                         QStringLiteral("has %1 cells, the header has %2")
                             .arg(row.cells.size())
                             .arg(m_columns.size()));
                return;
            }
        }
        const auto cell = [&](Column column) {
            const qsizetype at = m_columns.indexOf(column);
            return at < 0 || at >= row.cells.size() ? QString() : row.cells.at(at);
        };
        QString address = cell(Column::Address);
        const QString name = cell(Column::Name);
        if (address.isEmpty() && !cell(Column::Ipv6).isEmpty()) {
            address = cell(Column::Ipv6);
            addNote(
                m_import,
                QStringLiteral("%1: %2 has no public IPv4 address and is reached by IPv6.").arg(where, name));
        }
        if (address.isEmpty()) {
            const bool isShort = row.cells.size() < m_columns.size();
            leaveOut(
                m_import, where,
                isShort
                    ? QStringLiteral("has %1 cells, the header has %2")
                          .arg(row.cells.size())
                          .arg(m_columns.size())
                    : QStringLiteral("%1 has no address").arg(name.isEmpty() ? QStringLiteral("it") : name));
            return;
        }
        Host host = importedHost(name.isEmpty() ? plainNameOf(address) : name);
        for (qsizetype i = 0; i < std::min(m_columns.size(), row.cells.size()); ++i) {
            if (!row.cells.at(i).isEmpty() && !setField(host, m_columns.at(i), row.cells.at(i), m_ofDoctl)) {
                leaveOut(m_import, where,
                         QStringLiteral("%1 cannot be \"%2\"%3")
                             .arg(m_header.cells.at(i), row.cells.at(i).left(40),
                                  name.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(name.left(80))));
                return;
            }
        }
        host.address = address;
        if (cell(Column::Status) == QLatin1String("off"))
            addNote(m_import,
                    QStringLiteral("%1: %2 is off, and is billed all the same.").arg(where, host.name));
        takeImported(m_import, host, where);
    }

    [[nodiscard]] FleetImport take() { return std::move(m_import); }

private:
    [[nodiscard]] QString whereOf(const TableRow &row) const {
        return QStringLiteral("%1 line %2").arg(m_what).arg(row.line);
    }

    TableRow m_header;
    QString m_what;
    bool m_ofDoctl;
    QList<Column> m_columns;
    FleetImport m_import;
};

QString headerLine(const QString &text) {
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        const QString trimmed = QString(line).remove(QLatin1Char('"')).trimmed();
        if (!trimmed.isEmpty() && !trimmed.startsWith(QLatin1Char('#')) &&
            !trimmed.startsWith(QLatin1String("sep=")))
            return line;
    }
    return {};
}

// Two blanks at least stand between doctl's columns; one is part of a title.
const QRegularExpression &columnGap() {
    static const QRegularExpression gap(QStringLiteral(" {2,}|\\t+"));
    return gap;
}

} // namespace

Result<FleetImport> importTable(const QList<TableRow> &rows, const QString &what, bool ofDoctl) {
    if (rows.isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 is empty.").arg(what)};
    TableReader reader(rows.constFirst(), what, ofDoctl);
    TRY(reader.readHeader());
    for (const TableRow &row : rows.mid(1)) {
        if (!isEmptyRow(row))
            reader.add(row);
    }
    return finished(reader.take(), QStringLiteral("%1 has a header and no host.").arg(what));
}

QChar separatorOf(const QString &text) {
    const QString header = headerLine(text);
    const std::array separators{QLatin1Char(','), QLatin1Char(';'), QLatin1Char('\t')};
    return *std::max_element(separators.begin(), separators.end(),
                             [&](QLatin1Char a, QLatin1Char b) { return header.count(a) < header.count(b); });
}

bool hasHostColumns(const QString &text) {
    QString header = headerLine(text);
    header.remove(QLatin1Char('"'));
    bool hasAddress = false;
    qsizetype known = 0;
    for (const QString &title : header.split(separatorOf(text))) {
        const Column column = columnOf(title.trimmed());
        hasAddress = hasAddress || column == Column::Address;
        known += column == Column::Unknown ? 0 : 1;
    }
    return hasAddress && known >= 2;
}

bool isDropletTable(const QString &text) {
    const QStringList titles = headerLine(text).trimmed().split(columnGap());
    return titles.size() >= 2 && std::any_of(titles.begin(), titles.end(), [](const QString &title) {
               return title == QLatin1String("Public IPv4");
           });
}

QList<TableRow> dropletRows(const QString &text) {
    QList<TableRow> rows;
    QList<qsizetype> starts;
    int number = 0;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        ++number;
        if (line.trimmed().isEmpty())
            continue;
        if (starts.isEmpty()) {
            TableRow header{number, {}};
            qsizetype from = 0;
            for (const QString &title : line.trimmed().split(columnGap())) {
                starts << line.indexOf(title, from);
                from = starts.constLast() + title.size();
                header.cells << title;
            }
            rows << header;
            continue;
        }
        TableRow row{number, {}};
        for (qsizetype i = 0; i < starts.size(); ++i) {
            const qsizetype end = i + 1 < starts.size() ? starts.at(i + 1) : line.size();
            row.cells << line.mid(starts.at(i), end - starts.at(i)).trimmed();
        }
        rows << row;
    }
    return rows;
}

} // namespace slipway
