// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/maskobservations.h"

#include "models/observation/zstream.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway {

namespace {

constexpr qsizetype kFrame = qsizetype(4) * 1024 * 1024; // plain bytes of a compressed frame
constexpr qsizetype kTail = qsizetype(16) * 1024;        // of a piece, seen again with the next
constexpr qsizetype kMaxFiles = 64;                      // whose pieces are joined
constexpr qsizetype kMaxKept = 64;                       // values of "begin" observations

class ObservationMask {
public:
    ObservationMask(const EvidenceFile &stream, const RedactionOptions &options)
        : m_stream(stream), m_options(options) {}

    Result<MaskedStream> run() {
        Result<void> done;
        const auto read = forEachLine(m_stream, [&](QByteArrayView line, qint64 offset) {
            done = take(line.toByteArray(), offset);
            return done.ok();
        });
        if (!read)
            return read.error();
        if (!done)
            return done.error();
        if (m_masked.isEmpty())
            return MaskedStream{m_stream, {}};
        flush();
        return MaskedStream{{m_stream.name, m_written}, m_masked};
    }

private:
    [[nodiscard]] bool isCompressed() const { return m_stream.name.endsWith(kCompressedSuffix); }

    Result<void> take(QByteArray line, qint64 offset) {
        const QJsonObject fields = QJsonDocument::fromJson(line).object();
        const QString kind = fields.value(QLatin1String("obs")).toString();
        if (kind == QLatin1String("begin"))
            keep(fields);
        if (const QByteArray base64 = fields.value(QLatin1String("base64")).toString().toLatin1();
            !base64.isEmpty()) {
            const QString piecesOf = kind == QLatin1String("field_cycles")
                                         ? fields.value(QLatin1String("fault")).toString()
                                         : QString();
            if (auto masked = maskAnswer(line, base64, piecesOf, offset); !masked)
                return masked;
        }
        auto masked = mask(m_stream.name, line, m_options);
        if (!masked)
            return masked.error();
        for (Masked &one : *masked)
            one.offset += offset;
        m_masked += *masked;
        m_plain += line;
        m_plain += '\n';
        if (m_plain.size() >= kFrame)
            flush();
        return {};
    }

    void keep(const QJsonObject &begin) {
        for (const char *name : {"token", "job", "run", "campaign", "program_sha256", "server_sha256"}) {
            const QByteArray value = begin.value(QLatin1String(name)).toString().toUtf8();
            if (!value.isEmpty() && m_options.kept.size() < kMaxKept)
                m_options.kept.insert(value);
        }
    }

    // The answer within `line`, which is found there as it is unless somebody escaped it.
    Result<void> maskAnswer(QByteArray &line, const QByteArray &base64, const QString &piecesOf,
                            qint64 offset) {
        const qsizetype at = line.indexOf('"' + base64 + '"') + 1;
        const auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
        if (at <= 0 || !decoded)
            return {};
        const QByteArray before = piecesOf.isEmpty() ? QByteArray() : m_tails.value(piecesOf);
        QByteArray answer = before + *decoded;
        const auto masked = mask(m_stream.name, answer, m_options);
        if (!masked)
            return masked.error();
        answer.remove(0, before.size());
        if (!piecesOf.isEmpty() && (m_tails.size() < kMaxFiles || m_tails.contains(piecesOf)))
            m_tails.insert(piecesOf, answer.right(kTail));
        if (answer == *decoded)
            return {};
        if (decoded.decoded.toBase64() != base64)
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("%1 cannot be published: the answer at byte %2 holds a secret, and is base64 "
                               "of no usual form.")
                    .arg(m_stream.name)
                    .arg(offset + at)};
        line.replace(at, base64.size(), answer.toBase64());
        for (const Masked &one : *masked) {
            const qint64 from = std::max<qint64>(0, one.offset - before.size());
            const qint64 to = one.offset + one.length - before.size();
            if (to > from)
                m_masked.append(
                    {m_stream.name, one.kind, offset + at + from / 3 * 4, (to + 2) / 3 * 4 - from / 3 * 4});
        }
        return {};
    }

    void flush() {
        m_written += isCompressed() && !m_plain.isEmpty() ? zstdCompress(m_plain) : m_plain;
        m_plain.clear();
    }

    const EvidenceFile &m_stream;
    RedactionOptions m_options;
    QByteArray m_plain; // masked lines that are in no frame yet
    QByteArray m_written;
    QList<Masked> m_masked;
    QHash<QString, QByteArray> m_tails; // by file: the end of its last piece, masked
};

} // namespace

Result<MaskedStream> maskObservations(const EvidenceFile &stream, const RedactionOptions &options) {
    return ObservationMask(stream, options).run();
}

} // namespace slipway
