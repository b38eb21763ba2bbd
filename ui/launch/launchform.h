// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/launchchoice.h"
#include "models/protocol/protocol.h"
#include "ui/common/fittingscrollarea.h"

#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;

namespace slipway {

class ParameterForm;

/// The fields of a launch: fleet, programs (Slipway's own or a folder of field scripts), id, ref, phases,
/// parameters. Knows what was typed, not whether it is there.
class LaunchForm : public FittingScrollArea {
    Q_OBJECT
public:
    LaunchForm(Protocol own, Protocol field, QWidget *parent = nullptr);

    void setFleet(const QString &name);
    void addFleets(const QStringList &names); ///< to choose from
    void setKeepOffered(bool offered);        ///< whether the fleet can be kept after the campaign
    /// All but the id, which each campaign has of its own. `ofField`: it runs scripts of the field.
    void setChoice(const LaunchChoice &choice, bool ofField);
    void remember(); ///< its parameters, as the preset of the last launch

    /// As typed; keepFleet only where it is offered.
    [[nodiscard]] LaunchChoice choice() const;
    [[nodiscard]] const Protocol &protocol() const;
    [[nodiscard]] bool isField() const { return &protocol() == &m_field; }

Q_SIGNALS:
    void changed();

private:
    void addPath(QFormLayout &form, const QString &name, QComboBox *box, const QString &first,
                 const QString &button, const std::function<QString()> &choose);
    void addPhases(QFormLayout &form);

    Protocol m_own;
    Protocol m_field;
    QComboBox *m_fleet;
    QComboBox *m_programs;
    ParameterForm *m_parameters;
    QLineEdit *m_id;
    QLineEdit *m_ref;
    QList<QCheckBox *> m_phases;
    QCheckBox *m_keep;
    bool m_keepOffered = false;
};

} // namespace slipway
