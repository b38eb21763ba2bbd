// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/webnotice.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace slipway {

namespace {

constexpr int kTimeoutMs = 10'000;
constexpr int kStopMs = 100; // between two looks whether it is stopped

Result<void> ask(const QString &url, const QByteArray &body, const std::stop_token &stop = {}) {
    QNetworkAccessManager network;
    QNetworkRequest request{QUrl(url, QUrl::StrictMode)};
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(kTimeoutMs);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    const std::unique_ptr<QNetworkReply> reply(body.isEmpty() ? network.get(request)
                                                              : network.post(request, body));
    reply->setReadBufferSize(1024); // nothing of it is wanted
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::metaDataChanged, &loop, &QEventLoop::quit);
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(kTimeoutMs, &loop, &QEventLoop::quit);
    QTimer look;
    bool isStopped = false;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        isStopped = stop.stop_requested();
        if (isStopped)
            loop.quit();
    });
    if (stop.stop_possible())
        look.start(kStopMs);
    if (!reply->isFinished())
        loop.exec();
    const QVariant status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    const QString host = QUrl(url).host();
    if (isStopped)
        return Error{ErrorCode::Cancelled, QStringLiteral("The message to %1 was stopped.").arg(host)};
    if (!status.isValid())
        return Error{ErrorCode::Unreachable,
                     QStringLiteral("%1 did not answer: %2")
                         .arg(host, reply->isFinished() ? reply->errorString()
                                                        : QStringLiteral("ten seconds went by"))};
    if (status.toInt() < 200 || status.toInt() > 299)
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("%1 answered with status %2.").arg(host).arg(status.toInt())};
    return {};
}

} // namespace

Result<void> postNotice(const QString &url, const QString &series, const SeriesMessage &notice,
                        const std::stop_token &stop) {
    return ask(url, QJsonDocument(noticeToJson(series, notice)).toJson(QJsonDocument::Compact), stop);
}

Result<void> pingUrl(const QString &url) {
    return ask(url, {});
}

} // namespace slipway
