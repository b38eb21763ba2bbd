// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/launchrequest.h"
#include "models/fleet/rental.h"
#include "models/protocol/protocol.h"

#include <QDialog>
#include <QMap>

#include <functional>
#include <optional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace slipway {

class Inventory;
class LaunchInputs;
class ParameterForm;
class PlanView;
class PreflightPanel;
class Rentals;

/// Chooses fleet, programs (Slipway's own or a folder of field scripts), id, ref, phases and parameters;
/// every field is checked as it is typed and told what is wrong beside it. Shows what will run where, what
/// the plan can prove, and on a button whether the hosts can take their roles.
class LaunchDialog : public QDialog {
    Q_OBJECT
public:
    struct Parts { ///< all of them live longer
        LaunchInputs &inputs;
        Inventory &inventory;
        Rentals &rentals;
    };
    LaunchDialog(const Parts &parts, Protocol own, Protocol field, QStringList takenIds,
                 QWidget *parent = nullptr);

    void setFleet(const QString &name);

    [[nodiscard]] LaunchChoice choice() const;
    [[nodiscard]] QString
    problem() const; ///< the first thing that keeps it from launching; empty when nothing does

    void accept() override;

private:
    QWidget *makeForm();
    QWidget *makePlan();
    void check();
    void addPath(QFormLayout &form, const QString &name, QComboBox *box, const QString &first,
                 const QString &button, const std::function<QString()> &choose);
    void listFleets();
    void listRentals();
    void findFleet();
    void findScripts();
    void showPlan();
    [[nodiscard]] QString costText() const;
    [[nodiscard]] const Protocol &protocol() const;
    [[nodiscard]] Result<LaunchRequest> request() const; ///< of what is known of the fleet and the scripts

    Parts m_parts;
    Protocol m_own;
    Protocol m_field;
    QStringList m_takenIds;
    QMap<QString, Fleet> m_named;
    QMap<QString, Rental> m_rented; ///< those of m_named that are rented
    QString m_fleetFor;             ///< the text whose fleet is known, or being read
    std::optional<Result<Fleet>> m_found;
    QString m_scriptsFor;
    std::optional<Result<FieldScripts>> m_scripts;
    QComboBox *m_fleet;
    QComboBox *m_programs;
    ParameterForm *m_parameters;
    QLineEdit *m_id;
    QLineEdit *m_ref;
    QList<QCheckBox *> m_phases;
    QCheckBox *m_keep;
    PlanView *m_plan;
    PreflightPanel *m_preflight;
    QLabel *m_problem;
    QLabel *m_proves;
    QLabel *m_cost;
    QPushButton *m_launch;
};

} // namespace slipway
