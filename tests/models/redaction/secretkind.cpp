// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/redaction/secretkind.h"

#include <QRandomGenerator>

namespace slipway::test {

QByteArray canary(QRandomGenerator &random, const QByteArray &alphabet, int length) {
    QByteArray text("7");
    while (text.size() < length)
        text += alphabet.at(random.bounded(static_cast<int>(alphabet.size())));
    return text;
}

} // namespace slipway::test
