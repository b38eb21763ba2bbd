// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/curatorerrors.h"

#include <QRegularExpression>

#include <algorithm>

namespace slipway {

qint64 seriousErrors(const QJsonArray &errors) {
    static const QRegularExpression accepted(
        QStringLiteral("\\A([a-z_-]+:? ){0,2}no LLM client configured[.]?\\z"),
        QRegularExpression::CaseInsensitiveOption);
    return std::count_if(errors.begin(), errors.end(), [](const QJsonValue &error) {
        return !accepted.match(error.toString().trimmed()).hasMatch();
    });
}

} // namespace slipway
