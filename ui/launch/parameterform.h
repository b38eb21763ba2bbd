// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocol/protocol.h"

#include <QMap>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace slipway {

/// The parameters of a protocol by the phases that they shape, each in plain words with its name, default and
/// limits, and the presets that a person kept of them.
class ParameterForm : public QWidget {
    Q_OBJECT
public:
    explicit ParameterForm(QWidget *parent = nullptr);

    void setProtocol(const Protocol &protocol);            ///< keeps what is typed when it is the same
    [[nodiscard]] QMap<QString, QString> settings() const; ///< only what differs from the defaults
    void setSettings(const QMap<QString, QString> &settings);

    void savePreset(const QString &name);
    void removePreset();
    void remember(); ///< as the preset of the last launch

Q_SIGNALS:
    void changed();

private:
    QWidget *makeRow(const Parameter &parameter);
    [[nodiscard]] QString key(const QString &preset) const;
    void listPresets(const QString &current);
    void choosePreset();

    QString m_protocol;
    QMap<QString, QLineEdit *> m_edits;
    QComboBox *m_presets;
    QPushButton *m_remove;
    QScrollArea *m_scroll;
    bool m_filling = false;
};

} // namespace slipway
