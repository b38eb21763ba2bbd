// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/fleeteditor.h"

#include "models/core/whilealive.h"
#include "ui/fleet/fleetedits.h"
#include "ui/fleet/hostdialog.h"
#include "ui/fleet/importdialog.h"

#include <QFileDialog>
#include <QInputDialog>

#include <algorithm>

namespace slipway {

namespace {

Host newHost() {
    Host host;
    host.serverPath = kDefaultServerPath;
    host.workDir = kDefaultWorkDir;
    return host;
}

} // namespace

FleetEditor::FleetEditor(Inventory &inventory, FleetEdits &edits, QWidget &page)
    : QObject(&page), m_inventory(inventory), m_edits(edits), m_page(page) {
    m_askText = [&page](const QString &title, const QString &label, const QString &text) {
        bool given = false;
        const QString answer = QInputDialog::getText(&page, title, label, QLineEdit::Normal, text, &given);
        return given ? std::optional(answer.trimmed()) : std::nullopt;
    };
}

const Fleet *FleetEditor::find(const QString &fleet) const {
    const auto it = m_edits.fleets().constFind(fleet);
    return it == m_edits.fleets().constEnd() ? nullptr : &*it;
}

void FleetEditor::keepHost(const QString &title, const QString &fleetName, const Host &host,
                           const QString &replaces) {
    QMap<QString, QStringList> taken;
    QStringList groups;
    for (const Fleet &one : m_edits.fleets()) {
        taken.insert(one.name, {});
        for (const Host &other : one.hosts) {
            if (one.name != fleetName || other.name != replaces)
                taken[one.name] << other.name;
            if (!other.group.isEmpty() && !groups.contains(other.group))
                groups << other.group;
        }
    }
    HostDialog dialog(title, fleetName, host, taken, groups, &m_page);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const Host kept = dialog.host();
    Fleet into = m_edits.fleets().value(dialog.fleet());
    into.name = dialog.fleet();
    QList<Fleet> changed;
    const auto old = std::find_if(into.hosts.begin(), into.hosts.end(), [&](const Host &one) {
        return dialog.fleet() == fleetName && one.name == replaces && !replaces.isEmpty();
    });
    if (old != into.hosts.end()) {
        *old = kept;
    } else {
        into.hosts << kept;
        if (!replaces.isEmpty()) { // from another fleet
            Fleet from = m_edits.fleets().value(fleetName);
            from.hosts.removeIf([&](const Host &one) { return one.name == replaces; });
            changed << from;
        }
    }
    Q_EMIT fleetNamed(into.name);
    m_edits.put(replaces.isEmpty() ? tr("add %1").arg(kept.name) : tr("edit %1").arg(kept.name),
                changed << into);
}

void FleetEditor::addHost(const QString &fleet) {
    keepHost(tr("Add host"), find(fleet) ? fleet : QString(), newHost(), {});
}

void FleetEditor::editHost(const QString &fleet, const QString &name) {
    const Fleet *now = find(fleet);
    const Host *host = now ? now->find(name) : nullptr;
    if (host)
        keepHost(tr("Keep host"), fleet, Host(*host), host->name);
}

void FleetEditor::removeFleet(const QString &fleet) {
    if (find(fleet))
        m_edits.remove(fleet);
}

void FleetEditor::removeHosts(const QString &fleet, const QStringList &hosts) {
    const Fleet *now = find(fleet);
    if (!now || hosts.isEmpty())
        return;
    Fleet left = *now;
    left.hosts.removeIf([&](const Host &host) { return hosts.contains(host.name); });
    m_edits.put(hosts.size() == 1 ? tr("remove %1").arg(hosts.constFirst())
                                  : tr("remove %1 hosts").arg(hosts.size()),
                {left});
}

void FleetEditor::renameFleet(const QString &name) {
    if (!find(name))
        return;
    const auto to = m_askText(tr("Rename fleet"), tr("New name of %1:").arg(name), name);
    if (!to || *to == name)
        return;
    if (!isPlainName(*to) || *to == kSandboxFleet || m_edits.fleets().contains(*to)) {
        Q_EMIT problemOccurred(
            tr("Fleet %1 keeps its name: \"%2\" is taken, or is not a name of letters, digits, dots, "
               "dashes and underscores.")
                .arg(name, to->left(64)));
        return;
    }
    Q_EMIT fleetNamed(*to);
    m_edits.rename(name, *to);
}

void FleetEditor::groupHosts(const QString &fleet, const QStringList &hosts) {
    const Fleet *now = find(fleet);
    if (!now || hosts.isEmpty())
        return;
    const auto group = m_askText(tr("Group"), tr("Group of the selected hosts; empty for none:"),
                                 now->find(hosts.constFirst())->group);
    if (!group)
        return;
    Host probe = *now->find(hosts.constFirst());
    probe.group = *group;
    if (const auto wrong = hostProblem(probe))
        Q_EMIT problemOccurred(tr("%1: %2").arg(wrong->field, wrong->why));
    else
        m_edits.moveToGroup(fleet, hosts, *group);
}

void FleetEditor::tagHosts(const QString &fleet, const QStringList &hosts) {
    const Fleet *now = find(fleet);
    if (!now || hosts.isEmpty())
        return;
    const auto words = m_askText(tr("Tags"), tr("Tags to add to the selected hosts; -tag removes one:"), {});
    if (!words)
        return;
    Fleet tagged = *now;
    for (Host &host : tagged.hosts) {
        if (!hosts.contains(host.name))
            continue;
        for (const QString &word : words->split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            if (word.startsWith(QLatin1Char('-')))
                host.tags.removeAll(word.mid(1));
            else if (!host.tags.contains(word))
                host.tags << word;
        }
        if (const auto wrong = hostProblem(host)) {
            Q_EMIT problemOccurred(tr("%1: %2").arg(wrong->field, wrong->why));
            return;
        }
    }
    m_edits.put(hosts.size() == 1 ? tr("tag %1").arg(hosts.constFirst())
                                  : tr("tag %1 hosts").arg(hosts.size()),
                {tagged});
}

void FleetEditor::askImport() {
    const QString path =
        QFileDialog::getOpenFileName(&m_page, tr("Choose a file of terraform, doctl, ssh_config or a table"),
                                     QString(), tr("All files (*)"));
    if (!path.isEmpty())
        importFile(path);
}

void FleetEditor::importFile(const QString &path) {
    m_inventory.readImport(
        path, std::nullopt, whileAlive(this, [this, path](const Result<FleetImport> &import) {
            Q_EMIT problemOccurred(import ? QString() : import.error().text);
            if (import) // not in here: other answers must not wait for a person
                QMetaObject::invokeMethod(
                    this, [this, path, import] { showImport(path, *import); }, Qt::QueuedConnection);
        }));
}

void FleetEditor::showImport(const QString &path, const FleetImport &import) {
    ImportDialog dialog(path, import, m_edits.fleets(), m_edits.broken().keys(), &m_page);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const Fleet fleet = dialog.fleet();
    Q_EMIT fleetNamed(fleet.name);
    m_edits.put(tr("import %1").arg(fleet.name), {fleet});
}

} // namespace slipway
