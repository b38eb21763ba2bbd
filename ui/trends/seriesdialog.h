// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/seriesqueries.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace slipway {

class SeriesForm;
class SlotCommandBox;

/// The sheet that defines a series: a new one, one that stands, or one whose schedule was inferred and is to
/// be confirmed. Saves by itself and stays open where that is refused. At most 640 pixels wide; scrolls.
class SeriesDialog : public QDialog {
    Q_OBJECT
public:
    /// A new one; `taken`: names of series that somebody defined.
    SeriesDialog(SeriesQueries &queries, const QStringList &taken, QWidget *parent);
    SeriesDialog(SeriesQueries &queries, const SeriesDefinition &definition, QWidget *parent);

    void addFleets(const QStringList &names);
    void accept() override;

Q_SIGNALS:
    void saved(const QString &series);

private:
    SeriesDialog(SeriesQueries &queries, const SeriesDefinition &definition, bool isNew,
                 const QStringList &taken, QWidget *parent);
    void check();
    void finish(const Result<SeriesDefinition> &definition);

    SeriesQueries &m_queries;
    bool m_isNew;
    bool m_isInferred;
    bool m_isSaving = false;
    SeriesForm *m_form;
    SlotCommandBox *m_commands;
    QLabel *m_problem;
    QPushButton *m_save;
};

} // namespace slipway
