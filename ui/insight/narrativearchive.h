// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>

namespace slipway {

class NarrativeTab;
class Insights;

/// What the tab of narratives shows comes from the archive through this, and what is saved there goes back.
/// GUI thread.
class NarrativeArchive : public QObject {
    Q_OBJECT
public:
    /// `chosen` names the campaign that is shown, or will be once it is read.
    NarrativeArchive(Insights &insights, NarrativeTab &tab, std::function<QString()> chosen);

Q_SIGNALS:
    void problemOccurred(const QString &text);

private:
    void load(const QString &id);
    void save(const QString &id, const QByteArray &base, const QByteArray &entry);

    Insights &m_insights;
    NarrativeTab &m_tab; ///< the parent
    std::function<QString()> m_chosen;
};

} // namespace slipway
