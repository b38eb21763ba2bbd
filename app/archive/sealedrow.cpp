// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/sealedrow.h"

#include "app/archive/statement.h"
#include "app/core/sha256.h"

namespace slipway {

namespace {

// A value of a unit's name: its type's letter and its bytes.
struct Part {
    char type;
    QByteArrayView bytes;
};

struct OwnPart {
    char type;
    QByteArray bytes;
};

Part partOf(const Statement &row, int column) {
    const char type = row.typeLetter(column);
    return {type, row.bytes(column)};
}

template <typename PartAt>
QString subjectOf(qsizetype count, PartAt partAt) {
    QByteArray text("[");
    for (int i = 0; i < count; ++i) {
        if (i > 0)
            text += ',';
        const auto part = partAt(i);
        if (part.type == 'i') {
            text.append(part.bytes);
            continue;
        }
        text += '"';
        for (const char letter : part.bytes) {
            if (letter == '"' || letter == '\\')
                text += '\\';
            text += letter;
        }
        text += '"';
    }
    return QString::fromUtf8(text + ']');
}

} // namespace

QString unitSubject(const QVariantList &values) {
    return subjectOf(values.size(), [&](int i) {
        const QVariant &value = values.at(i);
        const bool isText = value.typeId() == QMetaType::QString;
        return OwnPart{isText ? 't' : 'i',
                       isText ? value.toString().toUtf8() : QByteArray::number(value.toLongLong())};
    });
}

QString unitText(const QString &table, const QString &subject, const QString &campaign) {
    QString text = table;
    if (subject != unitSubject({}))
        text += QLatin1Char(' ') + subject;
    return campaign.isEmpty() ? text : text + QStringLiteral(" of ") + campaign;
}

QString unitSubject(const Statement &row, int first, qsizetype count) {
    return subjectOf(count, [&](int i) { return partOf(row, first + i); });
}

void addRow(const Statement &row, const QList<QByteArray> &columns, int first, QByteArray &text) {
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const int column = first + static_cast<int>(i);
        const char type = row.typeLetter(column);
        if (type == 'n')
            continue;
        const QByteArrayView bytes = row.bytes(column);
        text += columns.at(i);
        text += ':';
        text += type;
        text += QByteArray::number(bytes.size());
        text += ':';
        text.append(bytes);
    }
    text += '\n';
}

QString hashText(Sha256 &hash, QByteArrayView bytes) {
    hash.reset();
    hash.add(QByteArray::fromRawData(bytes.constData(), bytes.size()));
    return QString::fromLatin1(hash.hex());
}

QByteArray sqlName(const QByteArray &name) {
    return '"' + name + '"';
}

QByteArray sqlNames(const QList<QByteArray> &names) {
    QByteArray text;
    for (const QByteArray &name : names)
        text += (text.isEmpty() ? "" : ", ") + sqlName(name);
    return text;
}

} // namespace slipway
