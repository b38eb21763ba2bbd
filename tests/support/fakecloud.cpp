// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakecloud.h"
#include "tests/support/testpaths.h"

#include <QJsonDocument>
#include <QTcpSocket>

namespace slipway::test {

namespace {

constexpr int kTimeout = 30'000;

} // namespace

FakeCloud::FakeCloud() {
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral("python3"),
                    {QStringLiteral("-B"), testPaths::source("tests/support/fakecloud.py"),
                     QStringLiteral("--log"), log()});
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(kTimeout))
            qFatal("fakecloud.py does not start; is python3 installed?");
    }
    m_url = QUrl(QString::fromLatin1(m_process.readLine().trimmed()));
}

FakeCloud::~FakeCloud() {
    m_process.kill();
    m_process.waitForFinished();
}

// By hand, and without an event loop: the tests' own loops are busy with what is tested.
QByteArray FakeCloud::exchange(const QByteArray &method, const QString &control,
                               const QByteArray &body) const {
    QTcpSocket socket;
    socket.connectToHost(m_url.host(), static_cast<quint16>(m_url.port()));
    if (!socket.waitForConnected(kTimeout))
        qFatal("fakecloud.py is gone");
    socket.write(method + " /control/" + control.toLatin1() +
                 " HTTP/1.0\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    while (socket.state() != QAbstractSocket::UnconnectedState && socket.waitForReadyRead(kTimeout)) {
    }
    const QByteArray answer = socket.readAll();
    if (!answer.startsWith("HTTP/1.1 20"))
        qFatal("/control/%s failed: %s", qPrintable(control), answer.constData());
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

void FakeCloud::post(const QString &control, const QJsonValue &body) const {
    const QJsonDocument document =
        body.isArray() ? QJsonDocument(body.toArray()) : QJsonDocument(body.toObject());
    exchange("POST", control, document.toJson(QJsonDocument::Compact));
}

void FakeCloud::configure(const QJsonObject &settings) const {
    post(QStringLiteral("config"), settings);
}

void FakeCloud::fault(const QJsonArray &faults) const {
    post(QStringLiteral("faults"), faults);
}

void FakeCloud::advance(int seconds) const {
    post(QStringLiteral("clock"), QJsonObject{{QStringLiteral("advance_ms"), seconds * 1000}});
}

QJsonObject FakeCloud::state() const {
    return QJsonDocument::fromJson(exchange("GET", QStringLiteral("state"), {})).object();
}

int FakeCloud::calls(const QString &call) const {
    return state().value(QStringLiteral("calls")).toObject().value(call).toInt();
}

QStringList FakeCloud::things() const {
    const QJsonObject all = state();
    QStringList things;
    for (const QJsonValue droplet : all.value(QStringLiteral("droplets")).toArray())
        things
            << QStringLiteral("droplet %1").arg(droplet.toObject().value(QStringLiteral("id")).toInteger());
    for (const QJsonValue vpc : all.value(QStringLiteral("vpcs")).toArray()) {
        if (!vpc.toObject().value(QStringLiteral("default")).toBool())
            things << QStringLiteral("vpc ") + vpc.toObject().value(QStringLiteral("id")).toString();
    }
    for (const QJsonValue firewall : all.value(QStringLiteral("firewalls")).toArray())
        things << QStringLiteral("firewall ") + firewall.toObject().value(QStringLiteral("id")).toString();
    return things;
}

} // namespace slipway::test
