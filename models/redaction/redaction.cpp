// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/redaction.h"

#include "models/redaction/applymask.h"
#include "models/redaction/secretscan.h"
#include "models/redaction/textencoding.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxAtOnce = qsizetype(256) << 20; // bytes of one value
constexpr qsizetype kCutSearched = qsizetype(1) << 12; // bytes, for a good place to begin a piece at

// A piece begins behind a line end, else behind what ends a value, so that nothing is cut at its beginning.
qsizetype goodCut(const QByteArray &bytes, qsizetype before, qsizetype min, int width) {
    const qsizetype from = std::max(min + 1, before - kCutSearched);
    for (const char separator : {'\n', ',', ' '}) {
        for (qsizetype i = before - 1; i >= from; --i) {
            if (bytes.at(i) == separator && (i + 1) % width == 0 && width == 1)
                return i + 1;
        }
    }
    return before / width * width;
}

class PieceByPiece {
public:
    PieceByPiece(const QString &file, QByteArray &bytes, const RedactionOptions &options,
                 const RedactionPiece &piece, TextUnits units)
        : m_file(file), m_bytes(bytes), m_options{options.privateAddresses, options.kept}, m_piece(piece),
          m_units(units) {}

    Result<QList<Masked>> run() {
        qsizetype from = 0;
        qsizetype size = m_piece.size;
        while (from < m_bytes.size()) {
            const qsizetype end = std::min(m_bytes.size(), from + size);
            const QByteArray text = m_bytes.mid(from, end - from);
            ScanResult result = scanForSecrets(TextView(text, m_units), m_options);
            const bool isLast = end == m_bytes.size();
            // Half of the overlap is looked at behind a secret, half before it.
            const qsizetype half = m_piece.overlap / 2;
            const qsizetype next = isLast ? end : std::min(end - half, from + result.open);
            const qsizetype begin = isLast ? end : goodCut(m_bytes, next - half, from, m_units.width);
            if (begin <= from) { // what begins here goes on behind the piece
                size *= 2;
                if (size > kMaxAtOnce)
                    return Error{
                        ErrorCode::InvalidInput,
                        QStringLiteral("%1 cannot be published: a value at byte %2 is larger than %3 MiB, "
                                       "so that it cannot be searched for secrets.")
                            .arg(m_file)
                            .arg(from)
                            .arg(kMaxAtOnce >> 20)};
                continue;
            }
            take(result.found, from, next);
            from = begin;
            size = m_piece.size;
        }
        return m_masked;
    }

private:
    // What begins behind `next` is seen whole with the next piece.
    void take(FoundSecrets &found, qsizetype from, qsizetype next) {
        FoundSecrets taken;
        for (FoundSecret &one : found) {
            one.from += from;
            one.to += from;
            if (one.from >= next)
                break;
            m_masked.append({m_file, QString::fromLatin1(one.kind), one.from, one.to - one.from});
            taken.push_back(one);
        }
        applyMask(m_bytes, m_units, taken);
    }

    const QString &m_file;
    QByteArray &m_bytes;
    ScanOptions m_options;
    RedactionPiece m_piece;
    TextUnits m_units;
    QList<Masked> m_masked;
};

} // namespace

Result<QList<Masked>> mask(const QString &file, QByteArray &bytes, const RedactionOptions &options,
                           const RedactionPiece &piece) {
    // What has the look of UTF-16 is read as bytes as well: a mark at its beginning hides nothing.
    QList<Masked> masked;
    for (const TextUnits units : {unitsOf(bytes), TextUnits{}}) {
        const auto some = PieceByPiece(file, bytes, options, piece, units).run();
        if (!some)
            return some.error();
        masked += *some;
        if (units.width == 1)
            break;
    }
    return masked;
}

Result<QString> maskedText(const QString &text, const RedactionOptions &options) {
    QByteArray bytes = text.toUtf8();
    const auto masked = mask(QStringLiteral("a text"), bytes, options);
    if (!masked)
        return masked.error();
    return masked->isEmpty() ? text : QString::fromUtf8(bytes);
}

QString whyNotText(const QByteArray &bytes) {
    return whyNotTextIn(bytes, unitsOf(bytes));
}

} // namespace slipway
