// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/digitalocean/apitoken.h"

#include <QEventLoop>
#include <QRegularExpression>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace slipway {

namespace {

constexpr int kKeyringMs = 60'000;
const QString kService = QStringLiteral("slipway");

// Each address has an entry of its own: a token that was kept for one is not found for another.
QString entryOf(const QUrl &base) {
    const QString entry = QStringLiteral("digitalocean-token");
    return base == defaultApi() ? entry : entry + QLatin1Char(' ') + addressText(base);
}

Error keyringError(const QKeychain::Job &job, const QUrl &base) {
    if (job.error() == QKeychain::EntryNotFound)
        return {ErrorCode::NotFound,
                QStringLiteral("No token is kept for %1; one that is kept for another address is not sent "
                               "there. Set DIGITALOCEAN_TOKEN, or keep one in the system keyring with "
                               "\"slipwayctl fleet token\".")
                    .arg(addressText(base))};
    if (job.error() == QKeychain::AccessDenied || job.error() == QKeychain::AccessDeniedByUser)
        return {
            ErrorCode::AuthRefused,
            QStringLiteral("The system keyring did not give the DigitalOcean token out. Unlock it, or set "
                           "DIGITALOCEAN_TOKEN.")};
    return {ErrorCode::Unsupported,
            QStringLiteral("No system keyring can be used here (%1). Start one, such as gnome-keyring or "
                           "KWallet, or set DIGITALOCEAN_TOKEN.")
                .arg(maskTokens(job.errorString()).simplified())};
}

Result<void> finish(QKeychain::Job &job, const QUrl &base, const std::stop_token &stop) {
    job.setKey(entryOf(base));
    job.setAutoDelete(false);
    job.setInsecureFallback(false); // a file in clear is not a keyring
    QEventLoop loop;
    bool done = false;
    QObject::connect(&job, &QKeychain::Job::finished, &loop, [&] {
        done = true;
        loop.quit();
    });
    QTimer::singleShot(kKeyringMs, &loop, &QEventLoop::quit);
    const std::stop_callback onStop(
        stop, [&loop] { QMetaObject::invokeMethod(&loop, "quit", Qt::QueuedConnection); });
    job.start();
    if (!done)
        loop.exec();
    if (!done)
        return Error{
            stop.stop_requested() ? ErrorCode::Cancelled : ErrorCode::TimedOut,
            QStringLiteral("The system keyring did not answer. Unlock it, or set DIGITALOCEAN_TOKEN.")};
    if (job.error() != QKeychain::NoError)
        return keyringError(job, base);
    return {};
}

} // namespace

Result<ApiToken> ApiToken::parse(const QByteArray &bytes) {
    static const QRegularExpression legal(QStringLiteral("\\A[A-Za-z0-9_.-]{8,512}\\z"));
    ApiToken token;
    token.m_bytes = bytes.trimmed();
    if (!legal.match(QString::fromLatin1(token.m_bytes)).hasMatch())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("That is not a DigitalOcean token: it must be letters, digits, dots, dashes "
                           "and underscores, as \"dop_v1_…\".")};
    return token;
}

QString ApiToken::masked() const {
    const QString text = QString::fromLatin1(m_bytes);
    const QString cut = maskTokens(text);
    return cut == text ? QStringLiteral("…") : cut; // of one without a known prefix nothing is shown
}

QString maskTokens(QString text) {
    static const QRegularExpression token(QStringLiteral("(do[a-z]_v1_)[A-Za-z0-9_.-]+"));
    static const QRegularExpression bearer(QStringLiteral("([Bb]earer )(?!do[a-z]_v1_…)[^\\s\"]+"));
    return text.replace(token, QStringLiteral("\\1…")).replace(bearer, QStringLiteral("\\1…"));
}

QByteArray tokenVariable() {
    for (const char *name : {"DIGITALOCEAN_TOKEN", "DIGITALOCEAN_ACCESS_TOKEN"}) {
        if (!qEnvironmentVariableIsEmpty(name))
            return name;
    }
    return {};
}

Result<ApiToken> findToken(const QUrl &base, const std::stop_token &stop) {
    if (const QByteArray variable = tokenVariable(); !variable.isEmpty())
        return ApiToken::parse(qgetenv(variable.constData()));
    QKeychain::ReadPasswordJob job(kService);
    TRY(finish(job, base, stop));
    return ApiToken::parse(job.binaryData());
}

Result<void> keepToken(const ApiToken &token, const QUrl &base) {
    QKeychain::WritePasswordJob job(kService);
    job.setBinaryData(token.m_bytes);
    return finish(job, base, {});
}

Result<void> forgetToken(const QUrl &base) {
    QKeychain::DeletePasswordJob job(kService);
    return finish(job, base, {});
}

} // namespace slipway
