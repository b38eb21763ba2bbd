// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTemporaryDir>

namespace slipway::test {

/// A PostgreSQL on loopback that asks its user "gate" for a password, in a folder of its own. Ended with the
/// object.
class TestDatabase {
public:
    explicit TestDatabase(const QByteArray &password);
    ~TestDatabase();
    Q_DISABLE_COPY_MOVE(TestDatabase)

    /// 0: no PostgreSQL is installed, or it did not start, which a warning then says.
    [[nodiscard]] int port() const { return m_port; }

private:
    [[nodiscard]] bool run(const QString &program, const QStringList &words) const;

    QTemporaryDir m_dir;
    QString m_programs;
    int m_port = 0;
};

} // namespace slipway::test
