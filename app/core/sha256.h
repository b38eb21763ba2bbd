// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

struct evp_md_ctx_st;
class QIODevice;

namespace slipway {

/// A running SHA-256 (FIPS 180-4) of a stream, by OpenSSL, which uses the processor's own instructions: Qt
/// 6.4's is five times slower, and gigabytes of logs go through here. For short texts QCryptographicHash
/// does. One thread.
class Sha256 {
public:
    Sha256();

    void add(const QByteArray &bytes);
    [[nodiscard]] bool add(QIODevice &device); ///< all that is left of it; false: it could not be read
    [[nodiscard]] QByteArray hex() const;      ///< of what was added so far, 64 digits
    void reset();

private:
    struct Free {
        void operator()(evp_md_ctx_st *context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

} // namespace slipway
