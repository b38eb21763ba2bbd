// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/digitalocean/apitransport.h"

#include "app/core/events.h"

#include "app/cloud/digitalocean/oncedevice.h"
#include "models/core/instant.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace slipway {

namespace {

constexpr int kAnswerMs = 60'000;
constexpr qint64 kLongestAnswer = qint64(16) * 1024 * 1024;
constexpr int kTries = 5;
constexpr qint64 kFirstRetryMs = 1000;
constexpr qint64 kLastRetryMs = 30'000;
constexpr qsizetype kQuoted = 200;

std::optional<qint64> numberHeader(const QNetworkReply &reply, const char *name) {
    bool isNumber = false;
    const qint64 number = reply.rawHeader(name).trimmed().toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

Error cancelled() {
    return {ErrorCode::Cancelled, QStringLiteral("Stopped while waiting for DigitalOcean.")};
}

QString callText(const ApiRequest &request) {
    return QString::fromLatin1(request.method) + QLatin1Char(' ') + request.path;
}

// What the API or the edge in front of it said, cut to what a line can show; the edge answers in HTML.
QString saidText(const QByteArray &body) {
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    QString said = object.value(QStringLiteral("message")).toString();
    if (said.isEmpty())
        said = QString::fromUtf8(body);
    return maskTokens(said).simplified().left(kQuoted);
}

// Decided on the status: the words in "id" change their case and meaning.
ErrorCode codeOf(int status) {
    switch (status) {
    case 401:
    case 403:
        return ErrorCode::AuthRefused;
    case 404:
        return ErrorCode::NotFound;
    case 409:
        return ErrorCode::AlreadyExists;
    case 429:
        return ErrorCode::TimedOut;
    default:
        return status == 408 || status >= 500 || status < 400 ? ErrorCode::ConnectionLost
                                                              : ErrorCode::InvalidInput;
    }
}

QString adviceOf(int status) {
    switch (status) {
    case 401:
        return QStringLiteral(" The token is not accepted: it has expired or was withdrawn.");
    case 403:
        return QStringLiteral(" The token may lack the scope for it.");
    case 429:
        return QStringLiteral(" Too many requests were made with this token; wait a few minutes.");
    default:
        return {};
    }
}

bool neverSent(QNetworkReply::NetworkError error) {
    return error == QNetworkReply::ConnectionRefusedError || error == QNetworkReply::HostNotFoundError ||
           error == QNetworkReply::SslHandshakeFailedError ||
           error == QNetworkReply::ProxyConnectionRefusedError ||
           error == QNetworkReply::ProxyNotFoundError || error == QNetworkReply::ProtocolUnknownError;
}

} // namespace

struct ApiTransport::Answer {
    int status = 0; ///< 0: none came
    QByteArray body;
    std::optional<qint64> retryAfter;
    QString requestId;
    Error error; ///< with status 0
};

ApiTransport::ApiTransport(QUrl base, ApiToken token, std::stop_token stop)
    : m_base(std::move(base)), m_token(std::move(token)), m_stop(std::move(stop)),
      m_network(std::make_unique<QNetworkAccessManager>()) {
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    if (isLoopback(m_base))
        m_network->setProxy(QNetworkProxy::NoProxy);
}

ApiTransport::~ApiTransport() = default;

Result<QJsonObject> ApiTransport::send(const ApiRequest &request) {
    const bool repeatable = request.method != "POST";
    qint64 pause = kFirstRetryMs;
    for (int attempt = 1;; ++attempt) {
        TRY(wait(m_limit.waitMs(now())));
        const Answer answer = exchange(request);
        if (m_stop.stop_requested() && answer.status == 0)
            return cancelled();
        Error error = answer.error;
        if (answer.status >= 200 && answer.status < 300) {
            QJsonParseError parse{};
            const QJsonDocument document = QJsonDocument::fromJson(answer.body, &parse);
            if (answer.status == 204 || document.isObject())
                return document.object();
            error = {ErrorCode::ConnectionLost,
                     QStringLiteral("%1: the answer cannot be read (%2): %3")
                         .arg(callText(request), parse.errorString(), saidText(answer.body))};
        } else if (answer.status != 0) {
            QString text = QStringLiteral("%1 was answered %2: %3.%4")
                               .arg(callText(request))
                               .arg(answer.status)
                               .arg(saidText(answer.body), adviceOf(answer.status));
            if (!answer.requestId.isEmpty())
                text += QStringLiteral(" (request %1)").arg(answer.requestId);
            error = {codeOf(answer.status), text};
        }
        const bool helps =
            answer.status == 429 ||
            (repeatable && (error.code == ErrorCode::ConnectionLost || error.code == ErrorCode::Unreachable));
        if (!helps || attempt == kTries)
            return error;
        const qint64 delay = answer.status == 429
                                 ? m_limit.afterRefusalMs(answer.retryAfter, now())
                                 : pause + QRandomGenerator::global()->bounded(static_cast<int>(pause / 4));
        TRY(wait(delay));
        pause = std::min(pause * 2, kLastRetryMs);
    }
}

ApiTransport::Answer ApiTransport::exchange(const ApiRequest &request) {
    QUrl url = m_base;
    url.setPath(m_base.path() + request.path, QUrl::TolerantMode);
    url.setQuery(request.query);
    QNetworkRequest http(url);
    http.setRawHeader("Authorization", m_token.header());
    http.setRawHeader("Accept", "application/json");
    http.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("slipway/" SLIPWAY_VERSION));
    http.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    http.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    http.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    http.setTransferTimeout(kAnswerMs);
    const QByteArray bytes =
        request.body.isEmpty() ? QByteArray() : QJsonDocument(request.body).toJson(QJsonDocument::Compact);
    OnceDevice body(bytes);
    if (request.method == "POST") {
        http.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        http.setHeader(QNetworkRequest::ContentLengthHeader, bytes.size());
        http.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    }
    m_limit.sent(now());
    const std::unique_ptr<QNetworkReply> reply(m_network->sendCustomRequest(
        http, request.method, request.method == "POST" ? static_cast<QIODevice *>(&body) : nullptr));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, [&] {
        if (reply->bytesAvailable() > kLongestAnswer)
            reply->abort();
    });
    const std::stop_callback onStop(
        m_stop, [&loop] { QMetaObject::invokeMethod(&loop, "quit", Qt::QueuedConnection); });
    if (!reply->isFinished())
        loop.exec();
    if (!reply->isFinished())
        reply->abort();
    Answer answer = read(*reply);
    qCDebug(cloudEvents).noquote() << request.method << m_base.host() + request.path
                                   << (answer.error.text.isEmpty() ? QString::number(answer.status)
                                                                   : answer.error.text);
    return answer;
}

ApiTransport::Answer ApiTransport::read(QNetworkReply &reply) {
    Answer answer;
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    const bool whole = reply.error() == QNetworkReply::NoError ||
                       reply.error() >= QNetworkReply::ContentAccessDenied; // an answer that says no
    if (!status.isValid() || !whole) {
        answer.error = {neverSent(reply.error()) ? ErrorCode::Unreachable : ErrorCode::ConnectionLost,
                        QStringLiteral("%1 gave no answer: %2. Check the network.")
                            .arg(m_base.host(), maskTokens(reply.errorString()))};
        return answer;
    }
    answer.status = status.toInt();
    answer.body = reply.read(kLongestAnswer);
    answer.retryAfter = numberHeader(reply, "retry-after");
    answer.requestId = maskTokens(QString::fromLatin1(reply.rawHeader("x-request-id"))).left(64);
    m_limit.update(numberHeader(reply, "ratelimit-remaining"), numberHeader(reply, "ratelimit-reset"));
    if (const QDateTime date = instantOfHttpDate(reply.rawHeader("date")); date.isValid()) {
        m_lastDate = date;
        m_sinceDate.start();
    }
    if (isLoopback(m_base))
        m_clockPath = QString::fromLatin1(reply.rawHeader("x-simulated-clock"));
    return answer;
}

QDateTime ApiTransport::now() const {
    const QDateTime time = apiTime();
    return time.isValid() ? time : QDateTime::currentDateTimeUtc();
}

Result<QDateTime> ApiTransport::askTime() {
    const Answer answer = exchange({"GET", QStringLiteral("/v2/account")});
    if (m_stop.stop_requested() && answer.status == 0)
        return cancelled();
    if (apiTime().isValid())
        return apiTime();
    return answer.status == 0 ? answer.error
                              : Error{ErrorCode::Unsupported,
                                      QStringLiteral("%1 does not report its time.").arg(m_base.host())};
}

QDateTime ApiTransport::apiTime() const {
    if (!m_lastDate.isValid())
        return {};
    return m_clockPath.isEmpty() ? m_lastDate.addMSecs(m_sinceDate.elapsed()) : m_lastDate;
}

Result<void> ApiTransport::wait(qint64 milliseconds) {
    if (milliseconds > 0 && !m_clockPath.isEmpty())
        return moveClock(milliseconds);
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wake;
    wake.wait_for(lock, m_stop, std::chrono::milliseconds(milliseconds), [] { return false; });
    return m_stop.stop_requested() ? Result<void>(cancelled()) : Result<void>();
}

Result<void> ApiTransport::moveClock(qint64 milliseconds) {
    if (m_stop.stop_requested())
        return cancelled();
    const Answer answer =
        exchange({"POST", m_clockPath, {}, {{QStringLiteral("advance_ms"), QJsonValue(milliseconds)}}});
    if (m_stop.stop_requested())
        return cancelled();
    return answer.status == 204 ? Result<void>() : Result<void>(answer.error);
}

} // namespace slipway
