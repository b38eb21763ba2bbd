// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetimport.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace slipway {

QString fleetFormatName(FleetFormat format) {
    switch (format) {
    case FleetFormat::Slipway:
        return QStringLiteral("slipway");
    case FleetFormat::TerraformOutput:
        return QStringLiteral("terraform-output");
    case FleetFormat::TerraformState:
        return QStringLiteral("terraform-show");
    case FleetFormat::Doctl:
        return QStringLiteral("doctl");
    case FleetFormat::SshConfig:
        return QStringLiteral("ssh-config");
    case FleetFormat::Csv:
        return QStringLiteral("csv");
    }
    return {};
}

QList<FleetFormat> fleetFormats() {
    return {FleetFormat::Slipway, FleetFormat::TerraformOutput, FleetFormat::TerraformState,
            FleetFormat::Doctl,   FleetFormat::SshConfig,       FleetFormat::Csv};
}

Result<FleetFormat> detectFleetFormat(const QByteArray &bytes, const QString &what) {
    const QByteArray text = bytes.trimmed();
    if (text.isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 is empty.").arg(what)};
    if (text.startsWith('[') && !QJsonDocument::fromJson(text).isNull())
        return FleetFormat::Doctl;
    if (text.startsWith('{')) {
        const QJsonObject object = QJsonDocument::fromJson(text).object();
        if (object.contains(QLatin1String("schema")))
            return FleetFormat::Slipway;
        if (object.contains(QLatin1String("format_version")))
            return FleetFormat::TerraformState;
        if (object.value(QLatin1String("errors")).isArray())
            return FleetFormat::Doctl;
        return FleetFormat::TerraformOutput;
    }
    if (what.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive))
        return FleetFormat::Csv;
    static const QRegularExpression header(QStringLiteral("\\A(\\x{FEFF})?[^\\n]*\\baddress\\b"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression keyword(QStringLiteral("^\\s*(Host|Match|Include)[\\s=]"),
                                            QRegularExpression::CaseInsensitiveOption |
                                                QRegularExpression::MultilineOption);
    const QString readable = QString::fromUtf8(text);
    if (keyword.match(readable).hasMatch())
        return FleetFormat::SshConfig;
    if (header.match(readable).hasMatch())
        return FleetFormat::Csv;
    return Error{ErrorCode::InvalidInput,
                 QStringLiteral("%1 is in no format that is known. Say which with --format.").arg(what)};
}

QString plainNameOf(const QString &text) {
    QString name = text.trimmed();
    static const QRegularExpression other(QStringLiteral("[^A-Za-z0-9._-]+"));
    static const QRegularExpression start(QStringLiteral("^[._-]+"));
    name.replace(other, QStringLiteral("-"));
    name.remove(start);
    return name.left(64);
}

Host importedHost(const QString &name) {
    Host host;
    host.name = name;
    host.role = name.contains(QLatin1String("chaos"), Qt::CaseInsensitive) ? HostRole::Chaos : HostRole::Peer;
    host.serverPath = kUsualServerPath;
    host.workDir = kUsualWorkDir;
    return host;
}

Result<void> addImported(FleetImport &import, Host host, const QString &where) {
    if (host.privateAddress.isEmpty())
        host.privateAddress = host.address;
    if (const auto problem = hostProblem(host))
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1: %2 %3").arg(where, problem->field, problem->why)};
    const QString name = host.name;
    for (int number = 2; import.fleet.find(host.name); ++number) {
        const QString behind =
            QLatin1Char('-') + (number == 2 && !host.id.isEmpty() ? host.id.section(QLatin1Char('-'), -1)
                                                                  : QString::number(number));
        host.name = name.left(64 - behind.size()) + behind;
    }
    if (host.name != name)
        import.notes << QStringLiteral("%1 is there more than once; one is called %2.").arg(name, host.name);
    import.fleet.hosts.append(std::move(host));
    return {};
}

} // namespace slipway
