// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/observedlines.h"

#include <QJsonDocument>

namespace slipway::test {

QByteArray observedLine(const QByteArray &fields) {
    return QByteArray("{'t':'2026-01-02T03:04:05.000001Z'," + fields + "}\n").replace('\'', '"');
}

QByteArray observedOutput(const QByteArray &name, const QByteArray &answer, const QByteArray &fields) {
    return observedLine("'obs':'output','name':'" + name + "'," + fields + ",'base64':'" +
                        QByteArray(answer).replace('\'', '"').toBase64() + "'");
}

ObservedStream streamOf(int phase, const QByteArray &bytes) {
    return {phase, QStringLiteral("s"), QStringLiteral("node-a"), {QStringLiteral("s"), bytes}};
}

Lines linesOf(const QByteArray &bytes) {
    Lines lines;
    for (const QByteArray &line : bytes.split('\n')) {
        if (!line.isEmpty())
            lines.append(QJsonDocument::fromJson(line).object());
    }
    return lines;
}

QByteArray bytesOf(const Lines &lines) {
    QByteArray bytes;
    for (const QJsonObject &line : lines)
        bytes += QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    return bytes;
}

} // namespace slipway::test
