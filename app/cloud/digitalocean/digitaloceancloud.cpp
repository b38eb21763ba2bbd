// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/digitalocean/apitransport.h"
#include "app/cloud/digitalocean/dropletclient.h"
#include "app/cloud/provider.h"

namespace slipway {

namespace {

struct OwnTransport {
    ApiTransport transport;
};

/// A client with a transport of its own.
class OwnClient final : OwnTransport, public DropletClient {
public:
    OwnClient(const QUrl &address, const ApiToken &token, const std::stop_token &stop)
        : OwnTransport{{address, token, stop}}, DropletClient(transport) {}
};

class DigitalOceanCloud final : public Cloud {
public:
    explicit DigitalOceanCloud(Paths paths) : m_paths(std::move(paths)) {}

    Result<std::unique_ptr<CloudProvider>> open(const std::stop_token &stop) const override {
        const auto base = apiBase(m_paths);
        if (!base)
            return base.error();
        const auto token = findToken(base->url, stop);
        if (!token)
            return token.error();
        return std::unique_ptr<CloudProvider>(std::make_unique<OwnClient>(base->url, *token, stop));
    }

    [[nodiscard]] QUrl defaultAddress() const override { return defaultApi(); }
    Result<CloudAddress> address() const override { return apiBase(m_paths); }
    Result<void> rememberAddress(const QString &text) const override {
        return rememberApiBase(m_paths, text);
    }

    [[nodiscard]] QString tokenVariable() const override {
        return QString::fromLatin1(slipway::tokenVariable());
    }
    Result<QString> maskedToken(const QUrl &address, const std::stop_token &stop) const override {
        const auto token = findToken(address, stop);
        if (!token)
            return token.error();
        return token->masked();
    }
    Result<void> keepToken(const QByteArray &secret, const QUrl &address) const override {
        const auto token = ApiToken::parse(secret);
        if (!token)
            return token.error();
        return slipway::keepToken(*token, address);
    }
    Result<void> forgetToken(const QUrl &address) const override { return slipway::forgetToken(address); }

private:
    Paths m_paths;
};

} // namespace

QString addressText(const QUrl &address) {
    return address.toString(QUrl::FullyEncoded);
}

std::shared_ptr<const Cloud> builtInCloud(const Paths &paths) {
    return std::make_shared<DigitalOceanCloud>(paths);
}

} // namespace slipway
