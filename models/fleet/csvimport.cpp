// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetimport.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <functional>

namespace slipway {

namespace {

struct Row {
    int line = 1; ///< where it begins
    QStringList cells;
};

// RFC 4180: quotes hold separators, line ends and doubled quotes.
Result<QList<Row>> readRows(const QString &text, QChar separator, const QString &what) {
    QList<Row> rows;
    Row row;
    QString cell;
    int line = 1;
    int quotedSince = 0;
    const auto endCell = [&] {
        row.cells << cell.trimmed();
        cell.clear();
    };
    const auto endRow = [&] {
        endCell();
        if (row.cells.size() > 1 || !row.cells.constFirst().isEmpty())
            rows << row;
        row = {line + 1, {}};
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (quotedSince > 0) {
            if (c == QLatin1Char('"') && i + 1 < text.size() && text.at(i + 1) == c)
                cell += text.at(i++);
            else if (c == QLatin1Char('"'))
                quotedSince = 0;
            else
                cell += c;
        } else if (c == QLatin1Char('"') && cell.trimmed().isEmpty()) {
            cell.clear();
            quotedSince = line;
        } else if (c == separator) {
            endCell();
        } else if (c == QLatin1Char('\n')) {
            endRow();
        } else if (c != QLatin1Char('\r')) {
            cell += c;
        }
        if (c == QLatin1Char('\n'))
            ++line;
    }
    if (quotedSince > 0)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 line %2: a quote is opened and never closed").arg(what).arg(quotedSince)};
    endRow();
    return rows;
}

using Setter = std::function<bool(Host &, const QString &)>;

const QHash<QString, Setter> &setters() {
    const auto text = [](QString Host::*field) {
        return [field](Host &host, const QString &value) {
            host.*field = value;
            return true;
        };
    };
    static const QHash<QString, Setter> all{
        {QStringLiteral("name"), text(&Host::name)},
        {QStringLiteral("address"), text(&Host::address)},
        {QStringLiteral("privateaddress"), text(&Host::privateAddress)},
        {QStringLiteral("user"), text(&Host::user)},
        {QStringLiteral("id"), text(&Host::id)},
        {QStringLiteral("identityfile"), text(&Host::identityFile)},
        {QStringLiteral("sshconfig"), text(&Host::sshConfig)},
        {QStringLiteral("serverpath"), text(&Host::serverPath)},
        {QStringLiteral("workdir"), text(&Host::workDir)},
        {QStringLiteral("group"), text(&Host::group)},
        {QStringLiteral("tags"),
         [](Host &host, const QString &value) {
             host.tags = value.split(QLatin1Char(' '), Qt::SkipEmptyParts);
             return true;
         }},
        {QStringLiteral("role"),
         [](Host &host, const QString &value) {
             host.role = value == QLatin1String("chaos") ? HostRole::Chaos : HostRole::Peer;
             return value == QLatin1String("chaos") || value == QLatin1String("peer");
         }},
        {QStringLiteral("port"),
         [](Host &host, const QString &value) {
             bool isNumber = false;
             host.port = value.toUShort(&isNumber);
             return isNumber && host.port > 0;
         }},
    };
    return all;
}

QString key(const QString &title) {
    return QString(title)
        .toLower()
        .remove(QLatin1Char('_'))
        .remove(QLatin1Char(' '))
        .remove(QLatin1Char('-'));
}

QChar separatorOf(const QString &text) {
    const QString header = text.section(QLatin1Char('\n'), 0, 0);
    const std::array separators{QLatin1Char(','), QLatin1Char(';'), QLatin1Char('\t')};
    return *std::max_element(separators.begin(), separators.end(),
                             [&](QLatin1Char a, QLatin1Char b) { return header.count(a) < header.count(b); });
}

} // namespace

Result<FleetImport> importCsv(const QByteArray &bytes, const QString &what) {
    QString text = QString::fromUtf8(bytes);
    if (text.startsWith(QChar(0xFEFF)))
        text.remove(0, 1);
    const auto rows = readRows(text, separatorOf(text), what);
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 is empty.").arg(what)};
    QStringList titles;
    for (const QString &title : rows->constFirst().cells) {
        if (!setters().contains(key(title)) || titles.contains(key(title)))
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("%1 line 1: \"%2\" is no column that is known, or is there twice. Known: "
                               "name, role, address, privateAddress, port, user, id, group, tags, "
                               "identityFile, sshConfig, serverPath, workDir.")
                    .arg(what, title.left(40))};
        titles << key(title);
    }
    for (const auto &needed : {QStringLiteral("name"), QStringLiteral("address")}) {
        if (!titles.contains(needed))
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("%1 line 1: there is no column \"%2\"").arg(what, needed)};
    }
    FleetImport import;
    for (const Row &row : rows->mid(1)) {
        const QString where = QStringLiteral("%1 line %2").arg(what).arg(row.line);
        if (row.cells.size() != titles.size())
            return Error{ErrorCode::InvalidInput, QStringLiteral("%1: has %2 cells, the header has %3")
                                                      .arg(where)
                                                      .arg(row.cells.size())
                                                      .arg(titles.size())};
        Host host = importedHost(row.cells.at(titles.indexOf(QStringLiteral("name"))));
        for (qsizetype i = 0; i < titles.size(); ++i) {
            if (!row.cells.at(i).isEmpty() && !setters().value(titles.at(i))(host, row.cells.at(i)))
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("%1: %2 cannot be \"%3\"")
                                 .arg(where, rows->constFirst().cells.at(i), row.cells.at(i).left(40))};
        }
        if (auto added = addImported(import, host, where); !added)
            return added.error();
    }
    if (import.fleet.hosts.isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 has a header and no host.").arg(what)};
    return import;
}

} // namespace slipway
