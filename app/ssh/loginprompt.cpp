// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/loginprompt.h"

#include <deque>
#include <utility>

namespace slipway {

/// The questions that wait for their turn; outlives a handler that is destroyed by its own `answer`.
struct LoginHandler::Turn {
    Answer answer;
    std::mutex mutex; ///< guards the rest
    std::deque<std::shared_ptr<LoginQuestion>> waiting;
    bool isAnswering = false;

    /// The next one, if none is being answered.
    std::shared_ptr<LoginQuestion> next() {
        const std::scoped_lock lock(mutex);
        while (!isAnswering && !waiting.empty()) {
            auto question = std::move(waiting.front());
            waiting.pop_front();
            isAnswering = question->isOpen();
            if (isAnswering)
                return question;
        }
        return nullptr;
    }

    void answerAll() {
        while (const auto question = next()) {
            answer(question);
            question->refuse(); // unless it was answered
            const std::scoped_lock lock(mutex);
            isAnswering = false;
        }
    }

    void refuseAll() {
        const std::scoped_lock lock(mutex);
        for (const auto &question : std::exchange(waiting, {}))
            question->refuse();
    }
};

void LoginPrompt::ask(const std::shared_ptr<LoginQuestion> &question) {
    const std::scoped_lock lock(m_mutex);
    if (!m_handler) {
        question->refuse();
        return;
    }
    {
        const std::scoped_lock turn(m_handler->m_turn->mutex);
        m_handler->m_turn->waiting.push_back(question);
    }
    m_handler->m_mailbox.post([turn = m_handler->m_turn] { turn->answerAll(); });
}

LoginHandler::LoginHandler(std::shared_ptr<LoginPrompt> prompt, Answer answer)
    : m_prompt(std::move(prompt)), m_turn(std::make_shared<Turn>()) {
    m_turn->answer = std::move(answer);
    const std::scoped_lock lock(m_prompt->m_mutex);
    m_prompt->m_handler = this;
}

LoginHandler::~LoginHandler() {
    {
        const std::scoped_lock lock(m_prompt->m_mutex);
        if (m_prompt->m_handler == this) // else a newer one has taken its place
            m_prompt->m_handler = nullptr;
    }
    m_turn->refuseAll();
}

} // namespace slipway
