// SPDX-License-Identifier: GPL-3.0-or-later
// Fleets at a cloud that is not the one that is built in: whatever provisions and destroys knows the
// interface alone.
#include "app/cloud/rental/rentals.h"
#include "app/core/sshkeygen.h"
#include "tests/app/cloud/madeupcloud.h"

#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace slipway;
using namespace slipway::test;

class SecondCloudTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_account = std::make_shared<MadeUpAccount>();
        m_account->networks.append({QStringLiteral("net-0"),
                                    QStringLiteral("default"),
                                    {},
                                    QStringLiteral("mars1"),
                                    QStringLiteral("10.0.0.0/24"),
                                    true,
                                    m_account->now});
        m_rentals = std::make_unique<Rentals>(Paths{m_dir->path()}, SshOptions(),
                                              std::make_shared<MadeUpCloud>(m_account));
        QVERIFY(makeSshKey(m_dir->filePath(QStringLiteral("key")), QStringLiteral("me")));
    }
    void cleanup() { m_rentals.reset(); }

    void aFleetIsProvisionedListedAndDestroyed() {
        const auto made = create(spec());
        QVERIFY2(made, made ? "" : qPrintable(made.error().text));
        QCOMPARE(made->rental.state, Rental::State::Ready);
        QCOMPARE(made->rental.hosts().size(), 4);
        QCOMPARE(made->rental.api, QStringLiteral("https://cloud.invalid"));
        QCOMPARE(m_account->servers.size(), 4);
        QCOMPARE(m_account->networks.size(), 2);
        QCOMPARE(m_account->rules.size(), 1);
        QCOMPARE(m_account->rules.constFirst().sshFrom, spec().sshFrom);
        QCOMPARE(m_account->rules.constFirst().range, m_account->networks.constLast().range);

        const auto known = wait<KnownRentals>([this](auto done) { m_rentals->list(done); });
        QVERIFY(known);
        QCOMPARE(known->rentals.size(), 1);
        QCOMPARE(known->now, m_account->now);

        const auto gone = wait<void>(
            [this](auto done) { m_rentals->destroy(QStringLiteral("gate"), std::nullopt, {}, done); });
        QVERIFY2(gone, gone ? "" : qPrintable(gone.error().text));
        QCOMPARE(m_account->servers.size(), 0);
        QCOMPARE(m_account->firewalls.size(), 0);
        QCOMPARE(m_account->networks.size(), 1); // the default one
        QCOMPARE(m_account->tags, QStringList());
    }

    void whatTheCloudDoesNotHaveIsRefusedBeforeAnythingIsMade() {
        RentalSpec elsewhere = spec();
        elsewhere.region = QStringLiteral("venus1");
        const auto made = create(elsewhere);
        QVERIFY(!made);
        QVERIFY2(made.error().text.contains(QStringLiteral("venus1")), qPrintable(made.error().text));
        QCOMPARE(m_account->servers.size(), 0);
        QCOMPARE(m_account->networks.size(), 1);
    }

    void aServerThatNobodyClaimsIsFoundAndDestroyed() {
        QVERIFY(create(spec()));
        // As after the loss of the data directory: nobody here knows the fleet, and its time is over.
        m_dir = std::make_unique<QTemporaryDir>();
        m_rentals = std::make_unique<Rentals>(Paths{m_dir->path()}, SshOptions(),
                                              std::make_shared<MadeUpCloud>(m_account));
        m_account->now = m_account->now.addDays(2);
        const auto seen = wait<OrphanView>([this](auto done) { m_rentals->lookAround(done); });
        QVERIFY2(seen, seen ? "" : qPrintable(seen.error().text));
        QCOMPARE(seen->orphans.servers.size(), 4);
        QStringList ids;
        for (const OrphanCandidate &candidate : seen->candidates)
            ids << candidate.id;
        const auto destroyed = wait<OrphanView>([&](auto done) { m_rentals->destroyOrphans(ids, done); });
        QVERIFY2(destroyed, destroyed ? "" : qPrintable(destroyed.error().text));
        QCOMPARE(m_account->servers.size(), 0);
        QCOMPARE(m_account->networks.size(), 1);
    }

private:
    [[nodiscard]] RentalSpec spec() const {
        RentalSpec spec;
        spec.name = QStringLiteral("gate");
        spec.region = QStringLiteral("mars1");
        spec.image = QStringLiteral("red-dust");
        spec.members = defaultMembers(3, QStringLiteral("ox"), QStringLiteral("ox"));
        spec.publicKeyFile = m_dir->filePath(QStringLiteral("key.pub"));
        spec.owner = QStringLiteral("me");
        return spec;
    }

    template <typename T, typename Call>
    Result<T> wait(const Call &call) {
        std::optional<Result<T>> answer;
        call([&](const Result<T> &given) { answer = given; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 60'000))
            return Error{ErrorCode::TimedOut, QStringLiteral("no answer")};
        return *answer;
    }

    Result<RentalNow> create(const RentalSpec &spec) {
        return wait<RentalNow>(
            [&](auto done) { m_rentals->create(spec, {.addKey = true, .login = false}, done); });
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<MadeUpAccount> m_account;
    std::unique_ptr<Rentals> m_rentals;
};

QTEST_GUILESS_MAIN(SecondCloudTest)
#include "tst_secondcloud.moc"
