// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetimport.h"

#include <QRegularExpression>

namespace slipway {

namespace {

constexpr qsizetype kMaxNotes = 500;
constexpr qsizetype kMaxHosts = 1000;
constexpr qsizetype kShownNotes = 10; // of an import that failed

} // namespace

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
    case FleetFormat::Ansible:
        return QStringLiteral("ansible");
    case FleetFormat::Cloud:
        return QStringLiteral("cloud");
    case FleetFormat::Hosts:
        return QStringLiteral("hosts");
    }
    return {};
}

QList<FleetFormat> fleetFormats() {
    return {FleetFormat::Slipway, FleetFormat::TerraformOutput, FleetFormat::TerraformState,
            FleetFormat::Doctl,   FleetFormat::SshConfig,       FleetFormat::Csv,
            FleetFormat::Ansible, FleetFormat::Cloud,           FleetFormat::Hosts};
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
    host.serverPath = kDefaultServerPath;
    host.workDir = kDefaultWorkDir;
    return host;
}

void addNote(FleetImport &import, const QString &note) {
    if (import.notes.size() < kMaxNotes - 1)
        import.notes << note;
    else if (import.notes.size() == kMaxNotes - 1)
        import.notes << QStringLiteral("More was left out than is listed here.");
}

void leaveOut(FleetImport &import, const QString &where, const QString &why) {
    addNote(import, QStringLiteral("%1: %2; left out.").arg(where, why));
}

void takeImported(FleetImport &import, const Host &host, const QString &where) {
    if (const auto added = addImported(import, host, where); !added)
        addNote(import, added.error().text + QStringLiteral("; left out."));
}

Result<void> addImported(FleetImport &import, Host host, const QString &where) {
    if (host.privateAddress.isEmpty())
        host.privateAddress = host.address;
    if (import.fleet.hosts.size() >= kMaxHosts)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1: a fleet holds at most %2 hosts").arg(where).arg(kMaxHosts)};
    if (const auto problem = hostProblem(host)) {
        const QString called = host.name.left(80);
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1: %2 %3%4")
                                                  .arg(where, problem->field, problem->why,
                                                       called.isEmpty() || where.endsWith(called)
                                                           ? QString()
                                                           : QStringLiteral(" (%1)").arg(called))};
    }
    const QString name = host.name;
    for (int number = 2; import.fleet.find(host.name); ++number) {
        const QString behind =
            QLatin1Char('-') + (number == 2 && !host.id.isEmpty() ? host.id.section(QLatin1Char('-'), -1)
                                                                  : QString::number(number));
        host.name = name.left(64 - behind.size()) + behind;
    }
    if (host.name != name)
        addNote(import, QStringLiteral("%1 is there more than once; one is called %2.").arg(name, host.name));
    import.fleet.hosts.append(std::move(host));
    return {};
}

Result<FleetImport> finished(FleetImport import, const QString &none) {
    if (!import.fleet.hosts.isEmpty())
        return import;
    QStringList lines{none};
    lines += import.notes.first(std::min(import.notes.size(), kShownNotes));
    if (import.notes.size() > kShownNotes)
        lines << QStringLiteral("And %1 more.").arg(import.notes.size() - kShownNotes);
    return Error{ErrorCode::InvalidInput, lines.join(QLatin1Char(' '))};
}

} // namespace slipway
