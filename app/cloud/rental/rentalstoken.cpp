// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Rentals about whom it talks to, and with which token.
#include "app/cloud/rental/rentals.h"

namespace slipway {

void Rentals::token(Done<TokenView> done) {
    start<TokenView>(
        {},
        [paths = m_paths](const std::stop_token &stop) -> Result<TokenView> {
            const auto base = apiBase(paths);
            if (!base)
                return base.error();
            TokenView view;
            view.base = *base;
            view.fromEnvironment = !tokenVariable().isEmpty();
            const auto token = findToken(base->url, stop);
            if (token)
                view.masked = token->masked();
            else
                view.problem = token.error().text;
            return view;
        },
        std::move(done));
}

void Rentals::keepToken(const QByteArray &secret, const QUrl &base, Done<void> done) {
    start<void>(
        {},
        [secret, base](const std::stop_token &) -> Result<void> {
            const auto token = ApiToken::parse(secret);
            if (!token)
                return token.error();
            return slipway::keepToken(*token, base);
        },
        std::move(done));
}

void Rentals::forgetToken(const QUrl &base, Done<void> done) {
    start<void>(
        {}, [base](const std::stop_token &) { return slipway::forgetToken(base); }, std::move(done));
}

void Rentals::rememberApi(const QString &address, Done<void> done) {
    start<void>(
        {}, [paths = m_paths, address](const std::stop_token &) { return rememberApiBase(paths, address); },
        std::move(done));
}

} // namespace slipway
