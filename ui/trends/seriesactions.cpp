// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/seriesactions.h"

#include "models/core/whilealive.h"
#include "ui/trends/drilldialog.h"
#include "ui/trends/seriesdialog.h"

#include <QAction>
#include <QMessageBox>
#include <QPushButton>

namespace slipway {

SeriesActions::SeriesActions(SeriesQueries &queries, Inventory &inventory, QWidget &page)
    : QObject(&page), m_queries(queries), m_inventory(inventory), m_page(page),
      m_create(add(tr("New series…"), {QKeySequence(Qt::CTRL | Qt::Key_N)}, &SeriesActions::askNew)),
      m_edit(add(tr("Edit series…"), {QKeySequence(Qt::Key_F4)}, &SeriesActions::askEdit)),
      m_end(add(tr("End series"), {}, &SeriesActions::askEnd)),
      m_drill(add(tr("Run a drill…"), {QKeySequence(Qt::CTRL | Qt::Key_D)}, &SeriesActions::askDrill)) {}

QAction *SeriesActions::add(const QString &text, const QList<QKeySequence> &keys,
                            void (SeriesActions::*run)()) {
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, run);
    m_page.addAction(action);
    return action;
}

void SeriesActions::setView(std::shared_ptr<const SeriesView> view) {
    m_view = std::move(view);
    m_edit->setText(m_view && m_view->judged.definition.isScheduleInferred ? tr("Confirm schedule…")
                                                                           : tr("Edit series…"));
}

bool SeriesActions::hasSeries() {
    if (!m_view)
        Q_EMIT problemOccurred(tr("There is no series yet; %1 makes one.").arg(m_create->text()));
    return m_view != nullptr;
}

void SeriesActions::openSheet(SeriesDialog &sheet) {
    connect(&sheet, &SeriesDialog::saved, this, &SeriesActions::changed);
    m_inventory.list(whileAlive(&sheet, [&sheet](const QList<StoredFleet> &fleets) {
        QStringList names;
        for (const StoredFleet &fleet : fleets)
            names << fleet.name;
        sheet.addFleets(names);
    }));
    sheet.open();
}

void SeriesActions::askNew() {
    openSheet(*new SeriesDialog(m_queries, m_defined, &m_page));
}

void SeriesActions::askEdit() {
    if (hasSeries())
        openSheet(*new SeriesDialog(m_queries, m_view->judged.definition, &m_page));
}

void SeriesActions::askEnd() {
    if (!hasSeries())
        return;
    const SeriesJudgement &judged = m_view->judged;
    const QString &name = judged.definition.name;
    if (!judged.nextSlot.isValid()) {
        Q_EMIT problemOccurred(tr("Series %1 is over already.").arg(name));
        return;
    }
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("End series %1").arg(name),
                                tr("No slot comes any more, and a timer that is installed finds nothing to "
                                   "run. Runs, alarms and the report stay. It can be undone."),
                                QMessageBox::Cancel, &m_page);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *yes = box->addButton(tr("End series"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(yes, &QPushButton::clicked, this, [this, name, before = judged.definition.end] {
        m_queries.end(name, [this, name, before](const Result<SeriesDefinition> &ended) {
            if (!ended) {
                Q_EMIT problemOccurred(ended.error().text);
                return;
            }
            Q_EMIT changed(name);
            Q_EMIT noted(tr("Series %1 is ended: no slot comes any more.").arg(name),
                         whileAlive(this, [this, name, before] { undoEnd(name, before); }));
        });
    });
    box->open();
}

void SeriesActions::undoEnd(const QString &name, const QDateTime &before) {
    const QString end = before.isValid() ? before.toUTC().toString(Qt::ISODate) : QString();
    m_queries.edit(name, {{QStringLiteral("end"), {end}}},
                   [this, name](const Result<SeriesDefinition> &edited) {
                       if (edited)
                           Q_EMIT changed(name);
                       else
                           Q_EMIT problemOccurred(edited.error().text);
                   });
}

void SeriesActions::askDrill() {
    if (!hasSeries())
        return;
    const SeriesJudgement &judged = m_view->judged;
    if (!judged.definition.schedule.isValid()) {
        Q_EMIT problemOccurred(tr("Series %1 has no schedule that could be drilled; %2 gives it one.")
                                   .arg(judged.definition.name, m_edit->text()));
        return;
    }
    auto *dialog = new DrillDialog(m_queries, judged.definition, judged.lastDrill, &m_page);
    connect(dialog, &DrillDialog::drilled, this,
            [this, name = judged.definition.name](const DrillResult &result) {
                Q_EMIT drilled(result.title, result.text);
                Q_EMIT changed(name);
            });
    dialog->open();
}

} // namespace slipway
