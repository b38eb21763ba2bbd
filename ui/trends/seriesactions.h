// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/inventory.h"
#include "app/session/seriesqueries.h"

#include <QKeySequence>
#include <QObject>

#include <functional>

class QAction;

namespace slipway {

class SeriesDialog;

/// What a person can do to series: create, edit or confirm, end, drill. Owns the actions, which belong to the
/// page: `page` outlives this. GUI thread.
class SeriesActions : public QObject {
    Q_OBJECT
public:
    SeriesActions(SeriesQueries &queries, Inventory &inventory, QWidget &page);

    void setDefined(const QStringList &names) { m_defined = names; } ///< that a person created
    void setView(std::shared_ptr<const SeriesView> view);            ///< of the chosen series; null: none
    [[nodiscard]] QAction &create() const { return *m_create; }
    [[nodiscard]] QAction &edit() const { return *m_edit; }
    [[nodiscard]] QAction &drill() const { return *m_drill; }
    [[nodiscard]] QList<QAction *> all() const { return {m_create, m_edit, m_end, m_drill}; }

Q_SIGNALS:
    void changed(const QString &series); ///< its definition or its notes
    void noted(const QString &text, const std::function<void()> &undo);
    void problemOccurred(const QString &text);
    void drilled(const QString &title, const QString &text); ///< for who looks elsewhere

private:
    [[nodiscard]] QAction *add(const QString &text, const QList<QKeySequence> &keys,
                               void (SeriesActions::*run)());
    [[nodiscard]] bool hasSeries(); ///< says so where there is none
    void askNew();
    void askEdit();
    void askEnd();
    void askDrill();
    void openSheet(SeriesDialog &sheet);
    void undoEnd(const QString &name, const QDateTime &before);

    SeriesQueries &m_queries;
    Inventory &m_inventory;
    QWidget &m_page;
    QStringList m_defined;
    std::shared_ptr<const SeriesView> m_view;
    QAction *m_create;
    QAction *m_edit;
    QAction *m_end;
    QAction *m_drill;
};

} // namespace slipway
