// SPDX-License-Identifier: GPL-3.0-or-later
// How answers come from other threads: on the owner's thread, in order, and not to what is gone.
#include "app/core/backgroundthread.h"
#include "app/core/inparallel.h"
#include "models/core/whilealive.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <array>
#include <atomic>
#include <latch>

using namespace slipway;

class AnswersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAnswerReachesItsReceiverWhileThatLives() {
        auto receiver = std::make_unique<QObject>();
        QStringList seen;
        const auto answer = whileAlive(receiver.get(), [&seen](const QString &word, int number) {
            seen << word + QString::number(number);
        });
        const std::function<void(const QString &, int)> stored = answer; // as the asked one keeps it
        stored(QStringLiteral("first"), 1);
        receiver.reset();
        stored(QStringLiteral("second"), 2);
        answer(QStringLiteral("third"), 3);
        QCOMPARE(seen, QStringList{QStringLiteral("first1")});
    }

    void anAnswerThatDestroysItsReceiverEndsInPeace() {
        auto *receiver = new QObject;
        int calls = 0;
        const auto answer = whileAlive(receiver, [&] {
            ++calls;
            delete receiver;
        });
        answer();
        answer();
        QCOMPARE(calls, 1);
    }

    void answersComeInOrderOnTheOwnersThread() {
        BackgroundThread background(QStringLiteral("test"));
        QList<int> seen;
        for (int i = 0; i < 100; ++i) {
            background.ask<bool>([] { return QThread::currentThread() != qApp->thread(); },
                                 [&seen, i](bool isElsewhere) {
                                     if (isElsewhere && QThread::currentThread() == qApp->thread())
                                         seen << i;
                                 });
        }
        QTRY_COMPARE(seen.size(), 100);
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    }

    void anAnswerToAReceiverThatIsGoneIsDropped() {
        BackgroundThread background(QStringLiteral("test"));
        auto receiver = std::make_unique<QObject>();
        bool isCalled = false;
        bool isOver = false;
        background.ask<int>([] { return 1; }, whileAlive(receiver.get(), [&](int) { isCalled = true; }));
        background.ask<int>([] { return 2; }, [&](int) { isOver = true; });
        receiver.reset();
        QTRY_VERIFY(isOver);
        QVERIFY(!isCalled);
    }

    void eachCallIsMadeOnce() {
        std::array<std::atomic<int>, 1000> calls{};
        inParallel(static_cast<qsizetype>(calls.size()),
                   [&](qsizetype i) { ++calls.at(static_cast<std::size_t>(i)); });
        QVERIFY(std::all_of(calls.begin(), calls.end(), [](const auto &count) { return count == 1; }));
        inParallel(0, [](qsizetype) { QFAIL("there is nothing to do"); });
    }

    // Each of the two waits for the other.
    void callsRunAtTheSameTime() {
        if (std::thread::hardware_concurrency() < 2)
            QSKIP("one core: calls run one after the other");
        std::latch both(2);
        inParallel(2, [&](qsizetype) { both.arrive_and_wait(); });
        QVERIFY(both.try_wait());
    }

    void afterAStopNoFurtherCallBegins() {
        std::stop_source stop;
        std::atomic<int> calls = 0;
        inParallel(
            1'000'000,
            [&](qsizetype) {
                ++calls;
                stop.request_stop();
            },
            stop.get_token());
        QVERIFY2(calls <= static_cast<int>(std::max(1U, std::thread::hardware_concurrency())),
                 qPrintable(QString::number(calls)));
    }
};

QTEST_GUILESS_MAIN(AnswersTest)
#include "models/core/whilealive.h"
#include "tst_answers.moc"
