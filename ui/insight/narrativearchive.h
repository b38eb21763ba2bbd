// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>

namespace slipway {

class NarrativeTab;
class Insights;

/// What the tab of narratives shows comes from the archive through this, and what is saved there goes back.
/// GUI thread.
class NarrativeArchive : public QObject {
    Q_OBJECT
public:
    NarrativeArchive(Insights &insights, NarrativeTab &tab);

Q_SIGNALS:
    void problemOccurred(const QString &text);

private:
    void load(const QString &id);
    void save(const QString &id, const QByteArray &base, const QByteArray &entry);

    Insights &m_insights;
    NarrativeTab &m_tab; ///< the parent
};

} // namespace slipway
