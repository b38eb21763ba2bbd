// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <optional>

namespace slipway {

class RunningCampaign;

/// What the connections of the running campaign have to ask a person, and the answers. Lives on the owner's
/// thread.
class HostQuestions final : public QObject {
    Q_OBJECT
public:
    void begin(RunningCampaign &campaign); ///< asks for it from now on

    /// The yes or no to hostKeyUnknown().
    void answerHostKey(const QString &host, bool accepted);
    /// The answer to passphraseRequested(); nothing gives the key up.
    void answerPassphrase(const QString &host, const std::optional<QByteArray> &passphrase);

Q_SIGNALS:
    void hostKeyUnknown(const QString &host, const QString &type, const QString &fingerprint);
    void passphraseRequested(const QString &host, const QString &keyFile, bool again);

private:
    QPointer<RunningCampaign> m_campaign; ///< nothing: it has ended
};

} // namespace slipway
