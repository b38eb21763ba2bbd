// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>

class QWidget;

namespace slipway {

/// What the window asks a person while something waits for the answer: a yes, one of several ways, a
/// passphrase. Tests answer in a person's place. GUI thread.
class Questions : public QObject {
    Q_OBJECT
public:
    explicit Questions(QWidget &window);

    using Ask = std::function<bool(const QString &title, const QString &text, const QString &yes)>;
    void setAsk(Ask ask) { m_ask = std::move(ask); }
    /// Answers with the index of a way; nothing when the person cancels.
    using Choose =
        std::function<std::optional<int>(const QString &title, const QString &text, const QStringList &ways)>;
    void setChoose(Choose choose) { m_choose = std::move(choose); }
    /// Nothing when the person cancels.
    using AskSecret = std::function<std::optional<QByteArray>(const QString &title, const QString &text)>;
    void setAskSecret(AskSecret ask) { m_askSecret = std::move(ask); }

    [[nodiscard]] bool ask(const QString &title, const QString &text, const QString &yes) const {
        return m_ask(title, text, yes);
    }
    [[nodiscard]] std::optional<int> choose(const QString &title, const QString &text,
                                            const QStringList &ways) const {
        return m_choose(title, text, ways);
    }

    /// Answers what an object that connects to hosts asks: whether to pin a host key, and passphrases.
    template <typename Asking>
    void answer(Asking &asking);

private:
    Ask m_ask;
    Choose m_choose;
    AskSecret m_askSecret;
};

template <typename Asking>
void Questions::answer(Asking &asking) {
    connect(&asking, &Asking::hostKeyUnknown, this,
            [this, &asking](const QString &host, const QString &type, const QString &fingerprint) {
                const bool yes = m_ask(tr("Host key of %1").arg(host),
                                       tr("%1 is not known yet. It shows the %2 key\n\n%3\n\nCompare it with "
                                          "the host's own. Pinned, every other key will be refused.")
                                           .arg(host, type, fingerprint),
                                       tr("Pin this key"));
                asking.answerHostKey(host, yes);
            });
    connect(&asking, &Asking::passphraseRequested, this,
            [this, &asking](const QString &host, const QString &file, bool again) {
                const QString text =
                    tr("%1 requires the key %2, which has a passphrase. The passphrase is not stored.");
                asking.answerPassphrase(
                    host, m_askSecret(again ? tr("That was not the passphrase") : tr("Passphrase"),
                                      text.arg(host, file)));
            });
}

} // namespace slipway
