// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/zstream.h"

#include <zstd.h>

#include <memory>

namespace slipway {

namespace {

constexpr int kLevel = 9; // 12 % smaller than the default level, at a third of its speed: some 60 MB/s
constexpr qsizetype kPiece = qsizetype(256) * 1024;

Error corrupt(const EvidenceFile &file, const QString &why) {
    return {ErrorCode::Corrupt, QStringLiteral("%1 cannot be read: %2").arg(file.name, why)};
}

// RFC 8878, 3.1.2: bytes of anybody that say nothing and could say anything.
bool isSkippable(const QByteArray &bytes, qsizetype at) {
    return bytes.size() - at >= 4 && (bytes.at(at) & 0xf0) == 0x50 &&
           QByteArrayView(bytes).sliced(at + 1, 3) == QByteArrayView("\x2a\x4d\x18");
}

} // namespace

Result<void> forEachPiece(const EvidenceFile &file, const std::function<Result<bool>(QByteArrayView)> &take) {
    if (!file.name.endsWith(kCompressedSuffix)) {
        for (qsizetype at = 0; at < file.bytes.size(); at += kPiece) {
            const auto more =
                take(QByteArrayView(file.bytes).sliced(at, std::min(kPiece, file.bytes.size() - at)));
            if (!more)
                return more.error();
            if (!*more)
                break;
        }
        return {};
    }
    const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx *)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    // A frame may not demand more memory for its window than 128 MiB, the most that the format recommends.
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, 27);
    QByteArray piece(kPiece, Qt::Uninitialized);
    ZSTD_inBuffer input{file.bytes.constData(), static_cast<size_t>(file.bytes.size()), 0};
    qint64 total = 0;
    size_t left = 0;
    bool full = false; // the library may hold more than fitted, unless the frame has ended
    while (input.pos < input.size || (full && left != 0)) {
        if (left == 0 && isSkippable(file.bytes, static_cast<qsizetype>(input.pos)))
            return corrupt(
                file, QStringLiteral("it has a frame that readers pass over, at byte %1").arg(input.pos));
        ZSTD_outBuffer output{piece.data(), static_cast<size_t>(piece.size()), 0};
        left = ZSTD_decompressStream(context.get(), &output, &input);
        if (ZSTD_isError(left))
            return corrupt(file, QString::fromLatin1(ZSTD_getErrorName(left)));
        full = output.pos == output.size;
        total += static_cast<qint64>(output.pos);
        if (total > kStreamLimit)
            return corrupt(file, QStringLiteral("it holds more than %1 bytes").arg(kStreamLimit));
        if (output.pos == 0)
            continue;
        const auto more = take(QByteArrayView(piece.constData(), static_cast<qsizetype>(output.pos)));
        if (!more)
            return more.error();
        if (!*more)
            return {};
    }
    if (left != 0)
        return corrupt(file, QStringLiteral("it ends within a compressed frame"));
    return {};
}

QByteArray zstdCompress(QByteArrayView bytes) {
    const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx *)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    QByteArray frame(static_cast<qsizetype>(ZSTD_compressBound(static_cast<size_t>(bytes.size()))),
                     Qt::Uninitialized);
    // It fails for want of room only, and there is enough.
    const size_t size = ZSTD_compress2(context.get(), frame.data(), static_cast<size_t>(frame.size()),
                                       bytes.data(), static_cast<size_t>(bytes.size()));
    frame.truncate(ZSTD_isError(size) ? 0 : static_cast<qsizetype>(size));
    frame.squeeze();
    return frame;
}

QString uncompressedName(const QString &name) {
    return name.endsWith(kCompressedSuffix) ? name.chopped(kCompressedSuffix.size()) : name;
}

Result<void> forEachLine(const EvidenceFile &file,
                         const std::function<bool(QByteArrayView line, qint64 offset)> &seen) {
    QByteArray begun; // of a line whose end has not come
    qint64 offset = 0;
    bool goOn = true;
    const auto taken = forEachPiece(file, [&](QByteArrayView piece) -> Result<bool> {
        qsizetype from = 0;
        for (qsizetype end = piece.indexOf('\n'); end >= 0 && goOn; end = piece.indexOf('\n', from)) {
            const QByteArrayView part = piece.sliced(from, end - from);
            if (begun.size() + part.size() > kLineLimit)
                return corrupt(file, QStringLiteral("the line at byte %1 is too long").arg(offset));
            if (begun.isEmpty()) {
                goOn = seen(part, offset);
                offset += part.size() + 1;
            } else {
                begun.append(part.data(), part.size());
                goOn = seen(begun, offset);
                offset += begun.size() + 1;
                begun.clear();
            }
            from = end + 1;
        }
        begun.append(piece.data() + from, piece.size() - from);
        if (begun.size() > kLineLimit)
            return corrupt(file, QStringLiteral("the line at byte %1 is too long").arg(offset));
        return goOn;
    });
    if (!taken)
        return taken;
    if (goOn && !begun.isEmpty())
        (void)seen(begun, offset);
    return {};
}

Result<QByteArray> plainBytes(const EvidenceFile &file, qint64 max) {
    QByteArray bytes;
    const auto taken = forEachPiece(file, [&](QByteArrayView piece) -> Result<bool> {
        if (bytes.size() + piece.size() > max)
            return corrupt(file, QStringLiteral("it holds more than %1 bytes").arg(max));
        bytes.append(piece.data(), piece.size());
        return true;
    });
    if (!taken)
        return taken.error();
    return bytes;
}

} // namespace slipway
