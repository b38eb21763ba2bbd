// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/applymask.h"

#include "models/redaction/asciichars.h"

namespace slipway {

namespace {

void writeUnit(QByteArray &bytes, qsizetype at, TextUnits units, char c) {
    const TextView unit(QByteArrayView(bytes.constData() + at, units.width), units);
    if (isLineEnd(unit.at(0)))
        return;
    for (int i = 0; i < units.width; ++i)
        bytes[at + i] = '\0';
    bytes[at + (units.isBigEndian ? units.width - 1 : 0)] = c;
}

} // namespace

void applyMask(QByteArray &bytes, TextUnits units, const FoundSecrets &found) {
    for (const FoundSecret &one : found) {
        const qsizetype count = (one.to - one.from) / units.width;
        const bool isReplaced = one.replacement.size() == count && count > 0;
        for (qsizetype i = 0; i < count; ++i) {
            char c = isReplaced ? one.replacement.at(i) : '*';
            if (!isReplaced && one.isNumber && (i == 0 || i + 1 == count) && count > 1)
                c = '"';
            else if (!isReplaced && one.isNumber && count == 1)
                c = '0';
            writeUnit(bytes, one.from + i * units.width, units, c);
        }
    }
}

} // namespace slipway
