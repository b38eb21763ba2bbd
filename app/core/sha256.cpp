// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/sha256.h"

#include <QIODevice>

#include <openssl/evp.h>

#include <array>
#include <new>

namespace slipway {

namespace {

constexpr qint64 kReadSize = qint64(1024) * 1024;

// These fail for want of memory only.
void expect(int done) {
    if (done != 1)
        throw std::bad_alloc();
}

} // namespace

void Sha256::Free::operator()(evp_md_ctx_st *context) const {
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : m_context(EVP_MD_CTX_new()) {
    reset();
}

void Sha256::add(const QByteArray &bytes) {
    expect(EVP_DigestUpdate(m_context.get(), bytes.constData(), static_cast<size_t>(bytes.size())));
}

bool Sha256::add(QIODevice &device) {
    QByteArray chunk(kReadSize, Qt::Uninitialized);
    for (;;) {
        const qint64 size = device.read(chunk.data(), kReadSize);
        if (size <= 0)
            return size == 0 && device.atEnd();
        expect(EVP_DigestUpdate(m_context.get(), chunk.constData(), static_cast<size_t>(size)));
    }
}

QByteArray Sha256::hex() const {
    const std::unique_ptr<evp_md_ctx_st, Free> copy(EVP_MD_CTX_new());
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    expect(EVP_MD_CTX_copy_ex(copy.get(), m_context.get()));
    expect(EVP_DigestFinal_ex(copy.get(), digest.data(), &size));
    return QByteArray(reinterpret_cast<const char *>(digest.data()), static_cast<qsizetype>(size)).toHex();
}

void Sha256::reset() {
    expect(EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr));
}

} // namespace slipway
