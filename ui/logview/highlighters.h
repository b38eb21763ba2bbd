// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/logview/rowpainter.h"

#include <QObject>
#include <QStringList>

class QMenu;

namespace slipway {

/// What a person wants to stand out in the logs of a phase: up to six expressions, A to F, kept in QSettings
/// phase by phase. GUI thread.
class Highlighters : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void setPhase(int phase); ///< 0: the logs of all phases
    [[nodiscard]] const QStringList &patterns() const { return m_patterns; }
    [[nodiscard]] QList<Highlight> highlights() const;
    /// Refused when it is not a regular expression or six are there; removes it when it is there already.
    Result<void> toggle(const QString &pattern);
    void clear();
    /// Fills a menu with what can be done, given what is typed into the filter now.
    void fill(QMenu &menu, const QString &typed);

Q_SIGNALS:
    void changed();
    void refused(const slipway::Error &error);

private:
    void keep();

    int m_phase = 0;
    QStringList m_patterns;
};

} // namespace slipway
