// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/publish/pagespublish.h"
#include "models/campaign/campaign.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace slipway {

class PublishRunner;

/// What a person chooses of an export: where to, what of, masked and signed how, pushed or not. Remembers
/// repos and choices in the settings, but no address that has a password in it.
class ExportChoices : public QWidget {
    Q_OBJECT
public:
    ExportChoices(PublishRunner &runner, const CampaignRecord &record, QWidget *parent = nullptr);

    [[nodiscard]] PagesRequest request() const;
    [[nodiscard]] bool isPushed() const;
    [[nodiscard]] bool isEmpty() const;    ///< no repo is named yet
    [[nodiscard]] QString problem() const; ///< what keeps it from being looked at; empty when nothing does
    /// Asks whether somebody else's file is written over, which is a no until it is ticked.
    void askToReplace();
    /// Asks whether these files, "CAMPAIGN/FILE", are published though they cannot be searched for secrets,
    /// or hold one that cannot be masked; a no until it is ticked, and again when others come on top.
    void askForUnsearched(const QStringList &files);
    void remember() const;
    void focusRepo();

Q_SIGNALS:
    void changed();

private:
    void makeWhere(QFormLayout &form);
    void makeWhat(QFormLayout &form);
    void makeRelease(QFormLayout &form);
    void restore();
    void listKeys();
    [[nodiscard]] QString repo() const;

    PublishRunner &m_runner;
    QString m_id;
    std::optional<Verdict> m_verdict;
    QComboBox *m_repo;
    QLineEdit *m_branch;
    QCheckBox *m_push;
    QCheckBox *m_narrative;
    QCheckBox *m_maskPrivate;
    QSpinBox *m_max; ///< MiB
    QComboBox *m_key;
    QCheckBox *m_release;
    QLineEdit *m_version;
    QCheckBox *m_acceptUnproven;
    QLineEdit *m_ref;    ///< the campaign's ref, where it is not the version
    QLineEdit *m_server; ///< the server's version, likewise
    QCheckBox *m_replace;
    QCheckBox *m_unsearched;
    QStringList m_heldBack; ///< what the box asks for
};

/// The version that a campaign's id names: "v0.6.0.0" of "v0.6.0.0-final-r22"; empty when it names none.
[[nodiscard]] QString versionNamedBy(const QString &campaign);

} // namespace slipway
