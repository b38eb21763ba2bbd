// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/loginprompt.h"

#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <thread>

namespace slipway {

namespace {

using Question = std::shared_ptr<LoginQuestion>;
constexpr auto kLong = std::chrono::minutes(5); // no test waits so long
constexpr int kTimeout = 30'000;

Question aboutKey(const QString &host) {
    return std::make_shared<LoginQuestion>(host, HostKey{});
}

Question aboutPassphrase() {
    return std::make_shared<LoginQuestion>(QStringLiteral("node-a"), QStringLiteral("/key"), false);
}

/// A connection that asks, on a thread of its own.
class Asker {
public:
    Asker(LoginPrompt &prompt, Question question)
        : m_thread([this, &prompt, question = std::move(question)] {
              prompt.ask(question);
              m_answer = question->wait(kLong);
              m_isDone = true;
          }) {}
    ~Asker() { m_thread.join(); }
    Asker(const Asker &) = delete;
    Asker &operator=(const Asker &) = delete;
    Asker(Asker &&) = delete;
    Asker &operator=(Asker &&) = delete;

    [[nodiscard]] bool isDone() const { return m_isDone; }
    [[nodiscard]] std::optional<QByteArray> answer() const { return m_answer; } ///< once done

private:
    std::optional<QByteArray> m_answer;
    std::atomic<bool> m_isDone{false};
    std::thread m_thread;
};

} // namespace

class LoginPromptTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nobodyToAskRefuses() {
        LoginPrompt prompt;
        const Question question = aboutKey(QStringLiteral("node-a"));
        prompt.ask(question);
        QVERIFY(!question->isOpen());
        QVERIFY(!question->wait(kLong));
    }

    void isAnsweredFromAnotherThread() {
        const auto prompt = std::make_shared<LoginPrompt>();
        QThread *answeredOn = nullptr;
        const LoginHandler handler(prompt, [&](const Question &question) {
            answeredOn = QThread::currentThread();
            std::thread([question] { question->accept("open sesame"); }).join();
        });
        const Asker asker(*prompt, aboutPassphrase());
        QTRY_VERIFY_WITH_TIMEOUT(asker.isDone(), kTimeout);
        QCOMPARE(asker.answer(), std::optional<QByteArray>("open sesame"));
        QCOMPARE(answeredOn, thread());
    }

    void twoAtOnceAreAnsweredOneAfterTheOther() {
        const auto prompt = std::make_shared<LoginPrompt>();
        int open = 0;
        int max = 0;
        QStringList asked;
        const LoginHandler handler(prompt, [&](const Question &question) {
            max = std::max(max, ++open);
            asked << question->host();
            // As a sheet does: an event loop of its own, in which the other question arrives.
            for (int i = 0; i < 20; ++i)
                QTest::qWait(1);
            question->accept();
            --open;
        });
        const Question first = aboutKey(QStringLiteral("node-a"));
        const Question second = aboutKey(QStringLiteral("node-b"));
        prompt->ask(first);
        QTimer::singleShot(0, this, [&] { prompt->ask(second); });
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 2, kTimeout);
        QTRY_VERIFY_WITH_TIMEOUT(!second->isOpen(), kTimeout);
        QCOMPARE(max, 1);
        QCOMPARE(asked, QStringList({QStringLiteral("node-a"), QStringLiteral("node-b")}));
        QVERIFY(first->wait(kLong).has_value());
        QVERIFY(second->wait(kLong).has_value());
    }

    void aConnectionThatStopsWithdrawsItsQuestion() {
        const auto prompt = std::make_shared<LoginPrompt>();
        const Question question = aboutPassphrase();
        bool isClosed = false;
        const LoginHandler handler(prompt, [&](const Question &shown) { // as a sheet that is up
            std::thread stopping([&question] { question->withdraw(); });
            isClosed = QTest::qWaitFor([&shown] { return !shown->isOpen(); }, kTimeout);
            stopping.join();
            shown->accept("too late");
        });
        const Asker asker(*prompt, question);
        QTRY_VERIFY_WITH_TIMEOUT(isClosed && asker.isDone(), kTimeout);
        QCOMPARE(asker.answer(), std::optional<QByteArray>());
    }

    void whatWasWithdrawnIsNotPassedOn() {
        const auto prompt = std::make_shared<LoginPrompt>();
        QStringList asked;
        const LoginHandler handler(prompt, [&](const Question &question) { asked << question->host(); });
        const Question gone = aboutKey(QStringLiteral("node-a"));
        const Question here = aboutKey(QStringLiteral("node-b"));
        prompt->ask(gone);
        prompt->ask(here);
        gone->withdraw();
        QTRY_VERIFY_WITH_TIMEOUT(!here->isOpen(), kTimeout); // left open by its handler: refused
        QCOMPARE(asked, QStringList{QStringLiteral("node-b")});
        QVERIFY(!here->wait(kLong));
    }

    void aHandlerThatGoesRefusesWhatWaits() {
        const auto prompt = std::make_shared<LoginPrompt>();
        const Question question = aboutKey(QStringLiteral("node-a"));
        {
            const LoginHandler handler(prompt, [](const Question &shown) { shown->accept(); });
            prompt->ask(question); // not passed on: no event loop runs
        }
        QVERIFY(!question->wait(kLong));
        const LoginHandler next(prompt, [](const Question &shown) { shown->accept(); });
        const Asker asker(*prompt, aboutKey(QStringLiteral("node-a")));
        QTRY_VERIFY_WITH_TIMEOUT(asker.isDone(), kTimeout);
        QVERIFY(asker.answer().has_value());
    }

    void timeRunsOut() {
        const Question question = aboutPassphrase();
        QVERIFY(!question->wait(std::chrono::milliseconds(1)));
        QVERIFY(!question->isOpen());
    }

    void anAnswerThatComesTooLateIsOverwritten() {
        const Question question = aboutPassphrase();
        question->withdraw();
        QByteArray secret("open sesame");
        secret.detach();
        const char *bytes = secret.constData();
        question->accept(secret); // shares the bytes
        QCOMPARE(QByteArray(bytes, secret.size()), QByteArray(secret.size(), '\0'));
    }
};

} // namespace slipway

QTEST_GUILESS_MAIN(slipway::LoginPromptTest)
#include "tst_loginprompt.moc"
