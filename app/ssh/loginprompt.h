// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/mailbox.h"
#include "app/ssh/loginquestion.h"

#include <functional>
#include <memory>
#include <mutex>

namespace slipway {

class LoginHandler;

/// Where connections ask a person. Connections hold it with their options (SshOptions), so it lives as long
/// as any of them. Any thread. With no LoginHandler, nobody is there to ask, and each question is refused.
class LoginPrompt {
public:
    /// Does not wait for the answer: the caller waits on the question.
    void ask(const std::shared_ptr<LoginQuestion> &question);

private:
    friend class LoginHandler;

    std::mutex m_mutex; ///< guards the rest
    LoginHandler *m_handler = nullptr;
};

/// Answers the questions of a prompt, one after the other, on the thread on which it was made and is
/// destroyed and whose event loop runs. `answer` may run an event loop of its own. A question that was
/// withdrawn while it waited for its turn is not passed on; one that `answer` leaves open, or that still
/// waits when the handler is destroyed, is refused. The newest handler of a prompt is asked.
class LoginHandler {
public:
    using Answer = std::function<void(const std::shared_ptr<LoginQuestion> &)>;
    LoginHandler(std::shared_ptr<LoginPrompt> prompt, Answer answer);
    ~LoginHandler();
    LoginHandler(const LoginHandler &) = delete;
    LoginHandler &operator=(const LoginHandler &) = delete;
    LoginHandler(LoginHandler &&) = delete;
    LoginHandler &operator=(LoginHandler &&) = delete;

private:
    friend class LoginPrompt;
    struct Turn;

    std::shared_ptr<LoginPrompt> m_prompt;
    std::shared_ptr<Turn> m_turn;
    Mailbox m_mailbox;
};

} // namespace slipway
