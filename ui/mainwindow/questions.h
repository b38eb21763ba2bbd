// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/loginprompt.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

class QDialog;
class QWidget;

namespace slipway {

/// What the window asks a person while something waits for the answer: a yes, one of several ways, a
/// passphrase. Tests answer in a person's place. GUI thread.
class Questions : public QObject {
    Q_OBJECT
public:
    explicit Questions(QWidget &window);
    ~Questions() override;

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

    /// Answers what hosts ask through `prompt`, while this object lives: whether to pin a host key, and
    /// passphrases, one after the other. A sheet closes when its question is withdrawn.
    void answer(std::shared_ptr<LoginPrompt> prompt);

private:
    void answerLogin(const std::shared_ptr<LoginQuestion> &question);
    [[nodiscard]] bool askToPin(const LoginQuestion &question) const;
    /// Shows a dialog, which a withdrawn question closes.
    int exec(QDialog &dialog) const;

    Ask m_ask;
    Choose m_choose;
    AskSecret m_askSecret;
    std::shared_ptr<LoginQuestion> m_shown; ///< that a host waits for
    std::unique_ptr<LoginHandler> m_logins;
};

} // namespace slipway
