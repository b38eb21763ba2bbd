// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/digitalocean/apitoken.h"
#include "app/cloud/digitalocean/ratelimit.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QUrlQuery>

#include <memory>
#include <stop_token>

class QNetworkAccessManager;
class QNetworkReply;

namespace slipway {

struct ApiRequest {
    QByteArray method; ///< GET, POST, DELETE
    QString path;      ///< "/v2/droplets"
    QUrlQuery query{};
    QJsonObject body{}; ///< empty: none
};

/// Sends requests one after the other and waits for the answers. Lives on one thread, which it blocks; never
/// the GUI's. A stop ends every wait with Cancelled.
///
/// What an error says about a POST: InvalidInput, AuthRefused, NotFound, AlreadyExists, TimedOut (refused for
/// its rate) and Unreachable are a certain no. ConnectionLost, and Cancelled, say nothing: it may have been
/// done. GET and DELETE are repeated by themselves where that may help (1 to 30 s apart, five times at most);
/// POST only after a 429.
class ApiTransport {
public:
    ApiTransport(QUrl base, ApiToken token, std::stop_token stop);
    ~ApiTransport();
    ApiTransport(const ApiTransport &) = delete;
    ApiTransport &operator=(const ApiTransport &) = delete;
    ApiTransport(ApiTransport &&) = delete;
    ApiTransport &operator=(ApiTransport &&) = delete;

    /// The answer's object; empty for 204. Errors name the call and what to do.
    Result<QJsonObject> send(const ApiRequest &request);

    /// The API's time as of its last answer, carried on; deadlines go by it. This machine's as long as
    /// no answer had one.
    [[nodiscard]] QDateTime now() const;
    /// The same, but invalid as long as no answer had one: ages and costs go by nothing else.
    [[nodiscard]] QDateTime apiTime() const;
    /// Asks once, whatever the answer is: each has the time. The error says why there was none.
    Result<QDateTime> askTime();
    /// Cancelled when stopped. Against an API on this machine that has a clock of its own, that is moved
    /// instead of waiting.
    Result<void> wait(qint64 milliseconds);
    [[nodiscard]] const QUrl &base() const { return m_base; }
    [[nodiscard]] const std::stop_token &stop() const { return m_stop; }

private:
    struct Answer;
    Answer exchange(const ApiRequest &request);
    Answer read(QNetworkReply &reply);
    Result<void> moveClock(qint64 milliseconds);

    QUrl m_base;
    ApiToken m_token;
    std::stop_token m_stop;
    std::unique_ptr<QNetworkAccessManager> m_network;
    RateLimit m_limit;
    QDateTime m_lastDate; ///< of the API
    QElapsedTimer m_sinceDate;
    QString m_clockPath;
};

} // namespace slipway
