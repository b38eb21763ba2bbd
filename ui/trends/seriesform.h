// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/definitionfields.h"
#include "ui/common/fittingscrollarea.h"

#include <QMap>
#include <QSet>

class QComboBox;
class QFormLayout;
class QPlainTextEdit;
class QVBoxLayout;

namespace slipway {

class NotedField;

/// The fields of a series' definition in four groups: when, what it runs, what it must hold, whom to inform.
/// What is wrong stands below its field as it is typed; of the schedule the next slots do.
class SeriesForm : public FittingScrollArea {
    Q_OBJECT
public:
    /// `isNew`: it has a name to be chosen, none of `taken`, and needs a fleet.
    SeriesForm(SeriesDefinition definition, bool isNew, QStringList taken, QWidget *parent = nullptr);

    void addFleets(const QStringList &names);
    void addSection(QWidget *section);  ///< below the fields
    [[nodiscard]] QString name() const; ///< empty while it is not a valid one
    /// What differs from the definition; of a new one everything that is set.
    [[nodiscard]] DefinitionFields changes() const;
    [[nodiscard]] bool isValid() const { return m_isValid; }

Q_SIGNALS:
    void changed();

private:
    void addWhen();
    void addWhat();
    void addClaim();
    void addNotices();
    void addGroup(const QString &title);
    void add(const char *field, const QString &label, QWidget *edit, const QString &note);
    void addLine(const char *field, const QString &label, const QString &note,
                 const QString &placeholder = {});
    [[nodiscard]] QString textOf(const QString &field) const;
    [[nodiscard]] DefinitionFields entered() const;
    void edited(const QString &field);
    void check();

    SeriesDefinition m_definition;
    DefinitionFields m_before;
    bool m_isNew;
    QStringList m_taken;
    bool m_isValid = false;
    QVBoxLayout *m_sections;
    QFormLayout *m_form; ///< one for all groups, so that their fields are in line
    QComboBox *m_fleet;
    QPlainTextEdit *m_settings;
    QMap<QString, NotedField *> m_fields; ///< by the shell's option
    QSet<QString> m_touched;              ///< those that a person changed
};

} // namespace slipway
