// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/inventory.h"

#include <QObject>

#include <functional>
#include <optional>

class QWidget;

namespace slipway {

class FleetEdits;

/// Asks a person for what an edit of fleets needs, and makes the edit; each can be undone. Knows fleets and
/// hosts by the names that it is given. GUI thread.
class FleetEditor : public QObject {
    Q_OBJECT
public:
    FleetEditor(Inventory &inventory, FleetEdits &edits, QWidget &page);

    /// Asks for a line of text; nothing when the person cancels. Tests answer for a person.
    using AskText = std::function<std::optional<QString>(const QString &title, const QString &label,
                                                         const QString &text)>;
    void setAskText(AskText ask) { m_askText = std::move(ask); }

    void addHost(const QString &fleet); ///< empty: the first one of a new fleet
    void editHost(const QString &fleet, const QString &host);
    void removeFleet(const QString &fleet);
    void removeHosts(const QString &fleet, const QStringList &hosts);
    void renameFleet(const QString &fleet);
    void groupHosts(const QString &fleet, const QStringList &hosts);
    void tagHosts(const QString &fleet, const QStringList &hosts);
    void askImport();
    void importFile(const QString &path); ///< shows what would come in, then keeps it

Q_SIGNALS:
    void fleetNamed(const QString &fleet);     ///< the one that is edited has this name from now on
    void problemOccurred(const QString &text); ///< empty: the last one is over

private:
    void keepHost(const QString &title, const QString &fleet, const Host &host, const QString &replaces);
    void showImport(const QString &path, const FleetImport &import);
    [[nodiscard]] const Fleet *find(const QString &fleet) const;

    Inventory &m_inventory;
    FleetEdits &m_edits;
    QWidget &m_page; ///< the parent of the dialogs
    AskText m_askText;
};

} // namespace slipway
