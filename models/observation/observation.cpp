// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/observation.h"

#include "models/core/instant.h"
#include "models/core/wholenumber.h"
#include "models/observation/zstream.h"

#include <QJsonDocument>
#include <QJsonParseError>

#include <algorithm>

namespace slipway {

QString Observation::text(const char *key) const {
    return fields.value(QLatin1String(key)).toString();
}

std::optional<qint64> Observation::integer(const char *key) const {
    return wholeNumber(fields.value(QLatin1String(key)));
}

bool Observation::flag(const char *key) const {
    return fields.value(QLatin1String(key)).toBool(false);
}

Result<Observation> parseObservation(QByteArrayView line, const SourceRange &source) {
    const auto refuse = [&](const QString &why) {
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1, byte %2: %3: %4")
                         .arg(source.file)
                         .arg(source.offset)
                         .arg(why, QString::fromUtf8(line.first(std::min<qsizetype>(line.size(), 80))))};
    };
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()));
    if (!document.isObject())
        return refuse(QStringLiteral("a line of observations is not a JSON object"));
    Observation observation;
    observation.fields = document.object();
    observation.kind = observation.text("obs");
    observation.time = instantOf(observation.text("t"));
    observation.source = source;
    if (observation.kind.isEmpty())
        return refuse(QStringLiteral("an observation does not say what it is (\"obs\")"));
    if (!observation.time.isValid())
        return refuse(QStringLiteral("an observation has no time (\"t\")"));
    return observation;
}

int forEachObservation(const EvidenceFile &file, const std::function<void(const Observation &)> &seen) {
    int strange = 0;
    const QString name = uncompressedName(file.name);
    const auto read = forEachLine(file, [&](QByteArrayView line, qint64 offset) {
        const auto observation = parseObservation(line, SourceRange{name, offset, line.size()});
        if (observation)
            seen(*observation);
        else
            ++strange;
        return true;
    });
    return read ? strange : strange + 1;
}

QByteArray outputBytes(const Observation &observation) {
    const auto decoded = QByteArray::fromBase64Encoding(observation.text("base64").toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    const auto size = observation.integer("bytes");
    return decoded && (!size || *size == (*decoded).size()) ? *decoded : QByteArray();
}

std::optional<QJsonObject> answeredObject(const Observation &observation) {
    const bool succeeded = observation.integer("exit") == 0;
    return succeeded ? answerObject(outputBytes(observation)) : std::nullopt;
}

std::optional<QJsonObject> answerObject(const QByteArray &answer) {
    const auto parse = [](const QByteArray &bytes) -> std::optional<QJsonObject> {
        const QJsonDocument document = QJsonDocument::fromJson(bytes);
        return document.isObject() ? std::optional(document.object()) : std::nullopt;
    };
    if (auto whole = parse(answer))
        return whole;
    // A pretty-printed answer behind log lines begins at a line that opens an object.
    for (qsizetype at = answer.indexOf("\n{"); at >= 0; at = answer.indexOf("\n{", at + 1)) {
        if (auto rest = parse(answer.mid(at + 1)))
            return rest;
    }
    return std::nullopt;
}

} // namespace slipway
