// SPDX-License-Identifier: GPL-3.0-or-later
// What is refused so that nothing goes on costing unseen, and nothing goes where it should not.
#include "tests/lifecycle/lifecyclesuite.h"

#include <QTest>

using namespace slipway::test;

class LifecycleGuardsTest : public LifecycleSuite {
    Q_OBJECT
private Q_SLOTS:
    void theAddressIsRemembered() {
        const auto api = [this](const QStringList &arguments, const QString &environment = {}) {
            return m_rig->runAt(environment, QStringList{QStringLiteral("api")} + arguments);
        };
        const QString url = m_rig->cloud.url().toString();
        QCOMPARE(api({}).out, QByteArray("https://api.digitalocean.com (the usual one)\n"));
        QCOMPARE(api({url + QLatin1Char('/')}).out, url.toLatin1() + " (remembered)\n");
        QCOMPARE(m_rig->runAt({}, {QStringLiteral("cost")}).exitCode, 0); // the stand-in has answered
        QVERIFY(m_rig->cloud.calls(QStringLiteral("GET /v2/customers/my/balance")) == 1);
        for (const char *bad : {"http://api.digitalocean.com", "https://me:secret@example.com", "example.com",
                                "https://example.com/?x=1", "dop_v1_0123456789abcdef"}) {
            const Output refused = api({QLatin1String(bad)});
            QCOMPARE(refused.exitCode, 2);
            QVERIFY2(refused.err.contains("The API's address") && !refused.err.contains("secret") &&
                         !refused.err.contains("0123456789"),
                     refused.err.constData());
        }
        QCOMPARE(api({}).out, url.toLatin1() + " (remembered)\n");
        QCOMPARE(api({}, QStringLiteral("http://127.0.0.1:1")).out,
                 QByteArray("http://127.0.0.1:1 (from DIGITALOCEAN_API_URL)\n"));
        // A file that somebody has changed is not believed.
        QFile file(m_rig->dataDir() + QStringLiteral("/digitalocean-url"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("http://evil.example\n") > 0);
        file.close();
        const Output refused = m_rig->runAt({}, {QStringLiteral("cost")});
        QVERIFY2(refused.exitCode == 2 && refused.err.contains("digitalocean-url") &&
                     refused.err.contains("is not https"),
                 refused.err.constData());
        QCOMPARE(api({QStringLiteral("--usual")}).out,
                 QByteArray("https://api.digitalocean.com (the usual one)\n"));
    }

    // Of another account's answers all of it would seem to be gone, and would go on costing.
    void aFleetIsGivenBackWhereItWasRented() {
        QCOMPARE(m_rig->create().exitCode, 0);
        const FakeCloud other;
        for (const QStringList &command :
             {QStringList{QStringLiteral("destroy"), LifecycleRig::kName, QStringLiteral("--yes")},
              QStringList{QStringLiteral("destroy"), LifecycleRig::kName, QStringLiteral("--dry-run")}}) {
            const Output refused = m_rig->runAt(other.url().toString(), command);
            QCOMPARE(refused.exitCode, 2);
            QVERIFY2(refused.err.contains("was rented at " + m_rig->cloud.url().toString().toLatin1()),
                     refused.err.constData());
        }
        QCOMPARE(droplets(), 4);
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }
};

QTEST_GUILESS_MAIN(LifecycleGuardsTest)
#include "tst_lifecycleguards.moc"
