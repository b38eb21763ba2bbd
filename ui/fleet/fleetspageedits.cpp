// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does to fleets on their page: edit, import, test.
#include "ui/fleet/fleetspage.h"

#include "models/fleet/hostlistmodel.h"
#include "ui/fleet/fleetedits.h"
#include "ui/fleet/hostdialog.h"
#include "ui/fleet/importdialog.h"

#include <QAction>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QPointer>

#include <algorithm>

namespace slipway {

namespace {

QString wellText(const HostHealth &health) {
    return QObject::tr("clock %1 · %2 free · %3")
        .arg(clockText(health), freeText(health), serverText(health));
}

} // namespace

void FleetsPage::keepHost(const QString &title, const QString &fleetName, const Host &host,
                          const QString &replaces) {
    QMap<QString, QStringList> taken;
    QStringList groups;
    for (const Fleet &one : m_edits->fleets()) {
        taken.insert(one.name, {});
        for (const Host &other : one.hosts) {
            if (one.name != fleetName || other.name != replaces)
                taken[one.name] << other.name;
            if (!other.group.isEmpty() && !groups.contains(other.group))
                groups << other.group;
        }
    }
    HostDialog dialog(title, fleetName, host, taken, groups, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const Host kept = dialog.host();
    Fleet into = m_edits->fleets().value(dialog.fleet());
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
            Fleet from = m_edits->fleets().value(fleetName);
            from.hosts.removeIf([&](const Host &one) { return one.name == replaces; });
            changed << from;
        }
    }
    m_wanted = into.name;
    m_edits->put(replaces.isEmpty() ? tr("add %1").arg(kept.name) : tr("edit %1").arg(kept.name),
                 changed << into);
}

void FleetsPage::addHost() {
    Host host;
    host.serverPath = kDefaultServerPath;
    host.workDir = kDefaultWorkDir;
    keepHost(tr("Add host"), fleet() ? currentFleet() : QString(), host, {});
}

void FleetsPage::newFleet() {
    Host host;
    host.serverPath = kDefaultServerPath;
    host.workDir = kDefaultWorkDir;
    keepHost(tr("Add host"), {}, host, {});
}

void FleetsPage::editHost() {
    const QStringList selected = selectedHosts();
    const Host *host = fleet() && selected.size() == 1 ? fleet()->find(selected.constFirst()) : nullptr;
    if (host)
        keepHost(tr("Keep host"), currentFleet(), Host(*host), host->name);
}

// The hosts that are selected, or with the list of fleets in focus the fleet.
void FleetsPage::removeSelected() {
    const QStringList selected = selectedHosts();
    if (!fleet())
        return;
    if (m_fleets->hasFocus()) {
        m_edits->remove(currentFleet());
    } else if (!selected.isEmpty()) {
        Fleet left = *fleet();
        left.hosts.removeIf([&](const Host &host) { return selected.contains(host.name); });
        m_edits->put(selected.size() == 1 ? tr("remove %1").arg(selected.constFirst())
                                          : tr("remove %1 hosts").arg(selected.size()),
                     {left});
    }
}

void FleetsPage::renameFleet() {
    if (!fleet())
        return;
    const QString name = currentFleet();
    const auto to = m_askText(tr("Rename fleet"), tr("New name of %1:").arg(name), name);
    if (!to || *to == name)
        return;
    if (!isPlainName(*to) || *to == kSandboxFleet || m_edits->fleets().contains(*to)) {
        Q_EMIT problemOccurred(
            tr("Fleet %1 keeps its name: \"%2\" is taken, or is not a name of letters, digits, dots, "
               "dashes and underscores.")
                .arg(name, to->left(64)));
        return;
    }
    m_wanted = *to;
    m_edits->rename(name, *to);
}

void FleetsPage::groupSelected() {
    const QStringList selected = selectedHosts();
    if (!fleet() || selected.isEmpty())
        return;
    const auto group = m_askText(tr("Group"), tr("Group of the selected hosts; empty for none:"),
                                 fleet()->find(selected.constFirst())->group);
    if (!group)
        return;
    Host probe = *fleet()->find(selected.constFirst());
    probe.group = *group;
    if (const auto wrong = hostProblem(probe))
        Q_EMIT problemOccurred(tr("%1: %2").arg(wrong->field, wrong->why));
    else
        m_edits->moveToGroup(currentFleet(), selected, *group);
}

void FleetsPage::tagSelected() {
    const QStringList selected = selectedHosts();
    if (!fleet() || selected.isEmpty())
        return;
    const auto words =
        m_askText(tr("Tags"), tr("Tags to add to the selected hosts; -tag takes one away:"), {});
    if (!words)
        return;
    Fleet tagged = *fleet();
    for (Host &host : tagged.hosts) {
        if (!selected.contains(host.name))
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
    m_edits->put(selected.size() == 1 ? tr("tag %1").arg(selected.constFirst())
                                      : tr("tag %1 hosts").arg(selected.size()),
                 {tagged});
}

void FleetsPage::askImport() {
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Choose a file of terraform, doctl, ssh_config or a table"), QString(), tr("All files (*)"));
    if (!path.isEmpty())
        importFile(path);
}

void FleetsPage::importFile(const QString &path) {
    m_inventory.readImport(
        path, std::nullopt, [self = QPointer<FleetsPage>(this), path](const Result<FleetImport> &import) {
            if (!self)
                return;
            Q_EMIT self->problemOccurred(import ? QString() : import.error().text);
            if (import) // not in here: other answers must not wait for a person
                QMetaObject::invokeMethod(
                    self, [self, path, import] { self->showImport(path, *import); }, Qt::QueuedConnection);
        });
}

void FleetsPage::showImport(const QString &path, const FleetImport &import) {
    ImportDialog dialog(path, import, m_edits->fleets(), m_edits->broken().keys(), this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const Fleet fleet = dialog.fleet();
    m_wanted = fleet.name;
    m_edits->put(tr("import %1").arg(fleet.name), {fleet});
}

void FleetsPage::test() {
    if (m_check != 0) {
        stopTest();
        return;
    }
    if (!fleet())
        return;
    const QStringList selected = selectedHosts();
    Fleet asked = *fleet();
    if (!selected.isEmpty())
        asked.hosts.removeIf([&](const Host &host) { return !selected.contains(host.name); });
    for (const Host &host : std::as_const(asked.hosts))
        m_model->setCondition(host.name, {HostCondition::State::Asking, tr("asking")});
    m_asked = static_cast<int>(asked.hosts.size());
    m_answered = 0;
    m_test->setText(tr("Stop test"));
    m_progress->setText(tr("0 of %1 answered").arg(m_asked));
    m_check =
        m_inventory.check(asked, needsOf(*fleet()),
                          {[this](const HostHealth &health) {
                               m_progress->setText(tr("%1 of %2 answered").arg(++m_answered).arg(m_asked));
                               takeHealth(health);
                           },
                           [this](const QList<HostHealth> &hosts) {
                               for (const HostHealth &health : hosts) // now compared
                                   takeHealth(health);
                               stopTest();
                           }});
}

void FleetsPage::takeHealth(const HostHealth &health) {
    m_model->setCondition(health.host, health.problem.isEmpty()
                                           ? HostCondition{HostCondition::State::Well, wellText(health)}
                                           : HostCondition{HostCondition::State::Problem, health.problem});
    if (selectedHosts() == QStringList{health.host})
        showHost();
}

void FleetsPage::stopTest() {
    if (m_check == 0)
        return;
    m_inventory.cancelCheck(m_check);
    m_check = 0;
    m_test->setText(tr("Test connection"));
    m_progress->clear();
    for (const Host &host : m_model->fleet().hosts) {
        if (m_model->condition(host.name).state == HostCondition::State::Asking)
            m_model->setCondition(host.name, {});
    }
}

} // namespace slipway
