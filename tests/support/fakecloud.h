// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace slipway::test {

/// fakecloud.py as a process of its own, on a free port of loopback. Ends with the object. Construction fails
/// the test (qFatal) when it does not start.
class FakeCloud {
public:
    FakeCloud();
    ~FakeCloud();
    FakeCloud(const FakeCloud &) = delete;
    FakeCloud &operator=(const FakeCloud &) = delete;
    FakeCloud(FakeCloud &&) = delete;
    FakeCloud &operator=(FakeCloud &&) = delete;

    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] QString log() const { return path(QStringLiteral("exchanges.jsonl")); }
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }

    void configure(const QJsonObject &settings) const;
    void fault(const QJsonArray &faults) const;
    void fault(const QJsonObject &one) const { fault(QJsonArray{one}); }
    void advance(int seconds) const;
    void post(const QString &control, const QJsonValue &body) const;
    [[nodiscard]] QJsonObject state() const;
    [[nodiscard]] int calls(const QString &call) const; ///< "POST /v2/droplets"

    /// What costs or blocks something, but for the region's default VPC: "droplet 4711".
    [[nodiscard]] QStringList things() const;

private:
    QByteArray exchange(const QByteArray &method, const QString &control, const QByteArray &body) const;

    QTemporaryDir m_dir;
    QProcess m_process;
    QUrl m_url;
};

} // namespace slipway::test
