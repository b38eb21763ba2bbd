// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/rentalsuite.h"

#include "tests/support/contract.h"
#include "tests/support/testpaths.h"
#include "tests/ui/windowsetup.h"

#include <QDirIterator>
#include <QFile>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

namespace slipway::test {

namespace {

const QByteArray kKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

} // namespace

void RentalSuite::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    useSettings(m_settings.path(), QString::fromLatin1(metaObject()->className()));
    qputenv("DIGITALOCEAN_TOKEN", "dop_v1_0123456789abcdef");
    qputenv("USER", "alice");
}

void RentalSuite::init() {
    QSettings().clear();
    m_staying.clear();
    m_cloud = std::make_unique<FakeCloud>();
    m_dir = std::make_unique<QTemporaryDir>();
    qputenv("DIGITALOCEAN_API_URL", m_cloud->url().toString().toLatin1());
    QFile file(keyFile());
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kKey + " me\n") > 0);
    m_cloud->post(QStringLiteral("key"),
                  QJsonObject{{QStringLiteral("name"), QStringLiteral("me")},
                              {QStringLiteral("public_key"), QString::fromLatin1(kKey)}});
    open();
}

void RentalSuite::cleanup() {
    close();
    QCOMPARE(m_cloud->things(), m_staying);
    for (const QString &dir : {m_dir->path(), m_settings.path()}) { // the token is kept nowhere
        for (QDirIterator files(dir, QDir::Files, QDirIterator::Subdirectories); files.hasNext();) {
            QFile file(files.next());
            QVERIFY2(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("0123456789abcdef"),
                     qPrintable(file.fileName()));
        }
    }
    Contract contract;
    if (contract.open(testPaths::source("../shared/do-openapi.json")).isEmpty()) {
        int count = 0;
        const QStringList violations = contract.violationsOf(m_cloud->log(), count);
        QVERIFY2(violations.isEmpty(), qPrintable(violations.join(QLatin1Char('\n')).left(4000)));
        m_checked += count;
    }
}

void RentalSuite::cleanupTestCase() {
    if (m_checked == 0)
        QSKIP("No exchange was held against the contract: ../shared/do-openapi.json is absent.");
    qInfo("%d exchanges obey the contract", m_checked);
}

void RentalSuite::rent() {
    QVERIFY(RentalWindow::rent(openRent()));
}

void RentalSuite::destroy() {
    QVERIFY(m_opened->destroy());
}

} // namespace slipway::test
