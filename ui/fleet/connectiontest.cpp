// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/connectiontest.h"

#include "models/fleet/hostlistmodel.h"

namespace slipway {

namespace {

QString wellText(const HostHealth &health) {
    return QObject::tr("clock %1 · %2 free · %3")
        .arg(clockText(health), freeText(health), serverText(health));
}

} // namespace

ConnectionTest::ConnectionTest(Inventory &inventory, HostListModel &model, QObject *parent)
    : QObject(parent), m_inventory(inventory), m_model(model) {}

ConnectionTest::~ConnectionTest() {
    if (m_check != 0)
        m_inventory.cancelCheck(m_check);
}

void ConnectionTest::start(const Fleet &fleet, const QStringList &hosts) {
    stop();
    Fleet asked = fleet;
    if (!hosts.isEmpty())
        asked.hosts.removeIf([&](const Host &host) { return !hosts.contains(host.name); });
    for (const Host &host : std::as_const(asked.hosts))
        m_model.setCondition(host.name, {HostCondition::State::Asking, tr("asking")});
    m_asked = asked.hosts.size();
    m_answered = 0;
    Q_EMIT runningChanged(true);
    Q_EMIT progressed(tr("0 of %1 answered").arg(m_asked));
    m_check =
        m_inventory.check(asked, needsOf(fleet),
                          {[this](const HostHealth &health) {
                               Q_EMIT progressed(tr("%1 of %2 answered").arg(++m_answered).arg(m_asked));
                               take(health);
                           },
                           [this](const QList<HostHealth> &answers) {
                               for (const HostHealth &health : answers) // now compared
                                   take(health);
                               stop();
                           }});
}

void ConnectionTest::take(const HostHealth &health) {
    m_model.setCondition(health.host, health.problem.isEmpty()
                                          ? HostCondition{HostCondition::State::Well, wellText(health)}
                                          : HostCondition{HostCondition::State::Problem, health.problem});
    Q_EMIT hostAnswered(health.host);
}

void ConnectionTest::stop() {
    if (m_check == 0)
        return;
    m_inventory.cancelCheck(m_check);
    m_check = 0;
    Q_EMIT runningChanged(false);
    Q_EMIT progressed(QString());
    for (const Host &host : m_model.fleet().hosts) {
        if (m_model.condition(host.name).state == HostCondition::State::Asking)
            m_model.setCondition(host.name, {});
    }
}

} // namespace slipway
