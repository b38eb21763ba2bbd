// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <ctime>

namespace slipway::test {

/// This machine's time zone, as long as it lives. Not while other threads read the time.
class TestZone {
public:
    explicit TestZone(const QByteArray &zone)
        : m_had(qEnvironmentVariableIsSet("TZ")), m_before(qgetenv("TZ")) {
        qputenv("TZ", zone);
        tzset();
    }
    ~TestZone() {
        if (m_had)
            qputenv("TZ", m_before);
        else
            qunsetenv("TZ");
        tzset();
    }
    TestZone(const TestZone &) = delete;
    TestZone &operator=(const TestZone &) = delete;
    TestZone(TestZone &&) = delete;
    TestZone &operator=(TestZone &&) = delete;

private:
    bool m_had;
    QByteArray m_before;
};

} // namespace slipway::test
