// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace slipway {

/// An IPv4 network, "10.250.0.0/20". A plain value.
struct AddressRange {
    quint32 first = 0;
    int prefix = 32;

    /// Nothing unless `text` is a network with no bit of a host set.
    [[nodiscard]] static std::optional<AddressRange> parse(const QString &text);
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool overlaps(const AddressRange &other) const;
    /// In a private network (RFC 1918) and between /28 and /16, as the API wants a VPC's.
    [[nodiscard]] bool fitsVpc() const;

    friend bool operator==(const AddressRange &, const AddressRange &) = default;
};

/// The first /24 of 10.250.0.0/16, or else of 10.251.0.0/16, that overlaps with none of `taken`.
[[nodiscard]] std::optional<AddressRange> freeRange(const QList<AddressRange> &taken);

} // namespace slipway
