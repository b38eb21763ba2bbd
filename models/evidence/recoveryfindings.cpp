// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/recoveryfindings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway {

namespace {

const QString kFindings = QStringLiteral("findings");
const QString kCheck = QStringLiteral("check");
const QString kReason = QStringLiteral("reason");

} // namespace

QByteArray recoveryFindingsBytes(const QList<Finding> &findings) {
    QJsonArray array;
    for (const Finding &finding : findings)
        array.append(QJsonObject{{kCheck, finding.check}, {kReason, finding.reason}});
    return QJsonDocument(QJsonObject{{kFindings, array}}).toJson();
}

QList<Finding> recoveryFindingsIn(const QList<EvidenceFile> &files) {
    const EvidenceFile *file = findFile(files, kRecoveryFindings);
    if (!file)
        return {};
    QList<Finding> findings;
    const QJsonArray array = QJsonDocument::fromJson(file->bytes).object().value(kFindings).toArray();
    for (const QJsonValue value : array) {
        const QJsonObject finding = value.toObject();
        findings.append({finding.value(kCheck).toString(), finding.value(kReason).toString()});
    }
    if (findings.isEmpty())
        findings.append({QStringLiteral("archive.recovered"),
                         QStringLiteral("%1 cannot be read").arg(kRecoveryFindings)});
    return findings;
}

} // namespace slipway
