// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/addressrange.h"

#include <QStringList>

#include <algorithm>

namespace slipway {

namespace {

quint32 maskOf(int prefix) {
    return prefix == 0 ? 0 : ~quint32(0) << (32 - prefix);
}

std::optional<quint32> parseAddress(const QString &text) {
    const QStringList parts = text.split(QLatin1Char('.'));
    if (parts.size() != 4)
        return {};
    quint32 address = 0;
    for (const QString &part : parts) {
        bool isNumber = false;
        const uint number = part.toUInt(&isNumber);
        if (!isNumber || number > 255 || part != QString::number(number))
            return {};
        address = address << 8 | number;
    }
    return address;
}

} // namespace

std::optional<AddressRange> AddressRange::parse(const QString &text) {
    const QStringList halves = text.split(QLatin1Char('/'));
    bool isNumber = false;
    const int prefix = halves.size() == 2 ? halves.at(1).toInt(&isNumber) : -1;
    const auto address = parseAddress(halves.constFirst());
    if (!address || !isNumber || prefix < 0 || prefix > 32 || (*address & ~maskOf(prefix)) != 0)
        return {};
    return AddressRange{*address, prefix};
}

QString AddressRange::text() const {
    return QStringLiteral("%1.%2.%3.%4/%5")
        .arg(first >> 24)
        .arg(first >> 16 & 255)
        .arg(first >> 8 & 255)
        .arg(first & 255)
        .arg(prefix);
}

bool AddressRange::overlaps(const AddressRange &other) const {
    const quint32 mask = maskOf(std::min(prefix, other.prefix));
    return (first & mask) == (other.first & mask);
}

bool AddressRange::fitsVpc() const {
    const AddressRange privates[] = {{0x0a000000, 8}, {0xac100000, 12}, {0xc0a80000, 16}};
    return prefix >= 16 && prefix <= 28 &&
           std::any_of(std::begin(privates), std::end(privates),
                       [this](const AddressRange &range) { return overlaps(range); });
}

std::optional<AddressRange> freeRange(const QList<AddressRange> &taken) {
    for (quint32 number = 0; number < 512; ++number) {
        const AddressRange range{0x0afa0000 + (number << 8), 24};
        if (std::none_of(taken.begin(), taken.end(),
                         [&](const AddressRange &other) { return range.overlaps(other); }))
            return range;
    }
    return {};
}

} // namespace slipway
