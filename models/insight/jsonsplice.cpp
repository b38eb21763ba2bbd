// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/insight/jsonsplice.h"

#include "models/observation/jsonranges.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway {

namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

qsizetype afterSpace(const QByteArray &json, qsizetype at) {
    while (at < json.size() && isSpace(json.at(at)))
        ++at;
    return at;
}

std::optional<ByteRange> valueRange(const QByteArray &json, const QString &key) {
    const auto member = memberRange(json, {key});
    if (!member)
        return std::nullopt;
    const qsizetype end = member->offset + member->length;
    qsizetype at = member->offset + 1;
    while (at < end && json.at(at) != '"')
        at += json.at(at) == '\\' ? 2 : 1;
    at = afterSpace(json, afterSpace(json, at + 1) + 1); // past the quote, then past the colon
    return ByteRange{at, end - at};
}

QJsonValue meaning(const QByteArray &value) {
    return QJsonDocument::fromJson('[' + value + ']').array().at(0);
}

QByteArray appended(QByteArray json, const QByteArray &member) {
    const qsizetype open = json.indexOf('{');
    const qsizetype close = json.lastIndexOf('}');
    const qsizetype first = afterSpace(json, open + 1);
    const QByteArray space = json.mid(open + 1, first - open - 1);
    if (first == close) {
        const QByteArray outer = space.contains('\n') ? space : QByteArray("\n");
        return json.replace(open + 1, first - open - 1, outer + "  " + member + outer);
    }
    qsizetype last = close;
    while (isSpace(json.at(last - 1)))
        --last;
    return json.insert(last,
                       ',' + (space.isEmpty() || !space.contains('\n') ? QByteArray(" ") : space) + member);
}

} // namespace

QByteArray memberValue(const QByteArray &json, const QString &key) {
    const auto range = valueRange(json, key);
    return range ? json.mid(range->offset, range->length) : QByteArray();
}

Result<QByteArray> withMember(const QByteArray &json, const QString &key, const QByteArray &value) {
    const QByteArray whole = json.trimmed().isEmpty() ? QByteArray("{\n}\n") : json;
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(whole, &error);
    if (error.error != QJsonParseError::NoError)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("byte %1: %2").arg(error.offset).arg(error.errorString())};
    if (!document.isObject())
        return Error{ErrorCode::InvalidInput, QStringLiteral("a JSON object is expected")};
    if (const auto doubled = doubledKey(whole))
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("the key \"%1\" occurs twice; remove one of them").arg(*doubled)};
    const auto range = valueRange(whole, key);
    if (!range)
        return appended(whole, jsonString(key) + ": " + value);
    if (meaning(whole.mid(range->offset, range->length)) == meaning(value))
        return whole;
    return QByteArray(whole).replace(range->offset, range->length, value);
}

QByteArray jsonString(const QString &text) {
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

} // namespace slipway
