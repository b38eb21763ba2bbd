// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/digitalocean/apibase.h"

#include "app/cloud/digitalocean/apitoken.h"
#include "app/core/inputfile.h"
#include "app/core/outputfile.h"
#include "app/core/paths.h"

#include <QFile>
#include <QHostAddress>

namespace slipway {

namespace {

constexpr qint64 kLongest = 2048;

QString apiFile(const Paths &paths) {
    return paths.dataDir + QStringLiteral("/digitalocean-url");
}

Error named(const QString &what, const Error &error) {
    return {error.code, what + QStringLiteral(": ") + error.text};
}

} // namespace

QUrl defaultApi() {
    return QUrl(QStringLiteral("https://api.digitalocean.com"));
}

bool isLoopback(const QUrl &url) {
    const QString host = url.host();
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

Result<QUrl> parseApiBase(const QString &text) {
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const auto refuse = [&](const QString &why) {
        // Neither a password in it is repeated, nor a token that was meant for another field.
        const QString shown = maskTokens(url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
        return Error{ErrorCode::InvalidInput, QStringLiteral("The API's address %1 %2").arg(shown, why)};
    };
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasQuery() ||
        url.hasFragment())
        return refuse(QStringLiteral("must be https://HOST and nothing more."));
    if (url.scheme() != QLatin1String("https") && !(url.scheme() == QLatin1String("http") && isLoopback(url)))
        return refuse(QStringLiteral("is not https. A token is sent in clear to this machine only."));
    // One spelling of each, since tokens are kept by it.
    QUrl base = url.adjusted(QUrl::NormalizePathSegments | QUrl::StripTrailingSlash);
    if (base.path() == QLatin1String("/"))
        base.setPath({});
    if (base.port() == (base.scheme() == QLatin1String("https") ? 443 : 80))
        base.setPort(-1);
    return base;
}

Result<CloudAddress> apiBase(const Paths &paths) {
    if (!qEnvironmentVariableIsEmpty("DIGITALOCEAN_API_URL")) {
        const auto url = parseApiBase(qEnvironmentVariable("DIGITALOCEAN_API_URL"));
        if (!url)
            return named(QStringLiteral("DIGITALOCEAN_API_URL"), url.error());
        return CloudAddress{*url, CloudAddress::From::Environment,
                            QStringLiteral("from DIGITALOCEAN_API_URL")};
    }
    QFile file(apiFile(paths));
    if (!file.exists())
        return CloudAddress{defaultApi(), CloudAddress::From::Default, QStringLiteral("the default")};
    TRY(openToRead(file));
    const auto url = parseApiBase(QString::fromUtf8(file.read(kLongest)));
    if (!url)
        return named(QStringLiteral("%1 (\"slipwayctl fleet api\" changes it)").arg(file.fileName()),
                     url.error());
    return CloudAddress{*url, CloudAddress::From::Setting, QStringLiteral("remembered")};
}

Result<void> rememberApiBase(const Paths &paths, const QString &text) {
    const auto url = text.trimmed().isEmpty() ? Result<QUrl>(defaultApi()) : parseApiBase(text);
    if (!url)
        return url.error();
    TRY(makeDataDir(paths));
    if (*url != defaultApi())
        return writeFile(apiFile(paths), addressText(*url).toUtf8() + '\n', {.permissions = kOwnerOnly});
    QFile file(apiFile(paths));
    return !file.exists() || file.remove() ? Result<void>() : unwritable(file);
}

} // namespace slipway
