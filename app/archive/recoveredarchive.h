// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivecare.h"

#include <QMap>
#include <QSet>
#include <QString>

namespace slipway {

class Archive;
class ChangedUnits;
struct EndedStream;
struct PhaseRun;
struct SalvagedFile;

/// The new archive of a recovery while it is filled: takes each thing once, only where its bytes are those
/// that were recorded and its row is what the old chain says, and counts what it kept and lost. Used on the
/// database's thread, within one transaction of the archive.
class RecoveredArchive {
public:
    RecoveredArchive(Archive &to, const ChangedUnits &changed) : m_to(to), m_changed(changed) {}

    [[nodiscard]] Archive &archive() const { return m_to; }
    [[nodiscard]] const Recovery &recovery() const { return m_recovery; }

    void lose(const QString &what); ///< for a person; a hundred at most are kept
    /// Of a unit (UnitSeal) whose row could be read: whether another hand changed it. Such a one is lost.
    bool isChanged(const QString &table, const QString &subject, const QString &campaign);
    void noteCampaign(const QString &id); ///< it was made
    /// What is left of a campaign whose row is gone is taken for what it is: published files.
    Result<void> ensure(const QString &campaign);
    /// A stream as it was; one that is there already stays.
    Result<void> keepStream(const QString &campaign, const EndedStream &stream, const QString &sha256);
    /// A revision as it was, under its number; one that is there already stays.
    Result<void> keepFile(const SalvagedFile &file);
    /// What lost something is not what it was judged as: the loss stays a finding of the campaign, which is
    /// judged anew with it.
    Result<void> judgeAnew();

private:
    void loseOf(const QString &campaign, const QString &what, const QString &why);
    void loseMissing();
    Result<void> saveFindings(const QString &campaign);

    Archive &m_to;
    const ChangedUnits &m_changed;
    Recovery m_recovery;
    QSet<QString> m_campaigns;
    QSet<QString> m_streams;             ///< "campaign/name"
    QSet<QString> m_files;               ///< and documents: "campaign/name#revision"
    QSet<QString> m_read;                ///< units whose rows could be read
    QMap<QString, QStringList> m_losses; ///< of evidence, by campaign; at most 100 each
};

} // namespace slipway
