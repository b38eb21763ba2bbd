// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/contract.h"
#include "tests/support/fakecloud.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace slipway::test {

struct Output {
    int exitCode = -1; ///< -9 when it was killed
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject object() const;
    [[nodiscard]] QJsonArray array() const;
};

/// A cloud, a data directory and a login key: what `slipwayctl fleet` needs to rent.
class LifecycleRig {
public:
    LifecycleRig();

    /// Runs slipwayctl fleet to its end; its process id is in pidFile() while it runs, for faults that kill
    /// it.
    Output run(const QStringList &arguments) const { return runAt(cloud.url().toString(), arguments); }
    /// The same with another API; empty: with the one that the data directory remembers.
    Output runAt(const QString &api, const QStringList &arguments) const;
    Output runOffline(const QStringList &arguments) const; ///< with an API that nobody answers for
    [[nodiscard]] std::unique_ptr<QProcess> start(const QString &api, const QStringList &arguments) const;
    static Output finish(QProcess &process);
    /// fleet create NAME, until the droplets are active.
    Output create(const QStringList &more = {}) const;
    Output destroy() const { return run({QStringLiteral("destroy"), kName, QStringLiteral("--yes")}); }
    [[nodiscard]] QString pidFile() const { return m_dir.filePath(QStringLiteral("pid")); }
    [[nodiscard]] QString dataDir() const { return m_dir.filePath(QStringLiteral("data")); }
    [[nodiscard]] QString keyFile() const { return m_dir.filePath(QStringLiteral("key.pub")); }

    /// What the cloud has and neither the list of orphans nor the fleet's own list shows: must always be
    /// empty.
    [[nodiscard]] QStringList unseen() const;
    /// Exchanges that broke the published contract; `checked` is how many were held against it.
    [[nodiscard]] QStringList violations(int &checked) const;

    FakeCloud cloud;

    static inline const QString kName = QStringLiteral("gate");

private:
    QTemporaryDir m_dir;
};

[[nodiscard]] QJsonObject fault(const char *call, const char *what, const QJsonObject &more = {});
[[nodiscard]] QJsonObject after(QJsonObject fault); ///< the same, once the cloud has done what was asked

} // namespace slipway::test
