// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace slipway {

/// Stands in a decoded view for a quote that ends a string of the text it was decoded from. No secret reaches
/// over it, so that no mask does.
inline constexpr char kOuterQuote = '\x1e';

/// Stands for a character that is not ASCII.
inline constexpr char kOtherCharacter = '\xbf';

/// How a text's characters lie in its bytes.
struct TextUnits {
    int width = 1; ///< bytes a unit: 1, 2 or 4
    bool isBigEndian = false;
};

/// A text as it is searched: plain, or with its escapes taken out, each byte with the place in the source
/// that it stands for. Memory is up to nine bytes for each byte of text.
class TextView {
public:
    explicit TextView(QByteArray bytes);
    /// UTF-16 and UTF-32: a byte for each unit; what is not ASCII is a letter without meaning.
    TextView(QByteArrayView source, TextUnits units);

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] qsizetype size() const { return m_bytes.size(); }
    [[nodiscard]] char at(qsizetype i) const { return i >= 0 && i < size() ? m_bytes.at(i) : '\0'; }
    [[nodiscard]] qsizetype sourceOf(qsizetype i) const;  ///< 0 ≤ i ≤ size()
    [[nodiscard]] qsizetype sourceEnd(qsizetype i) const; ///< behind what is before i; 0 < i ≤ size()
    [[nodiscard]] int level() const { return m_level; }   ///< how often escapes were taken out

    /// Without one level of escapes: of JSON and C strings (\u0041 \x41 \n), of URLs (%41) and of HTML
    /// (&#65;). Nothing when there are none.
    [[nodiscard]] std::optional<TextView> decoded() const;
    /// As a reader sees it: without colours and other control sequences of a terminal, characters of no
    /// width, tags of HTML that only change how letters look, and line ends behind a backslash; letters of
    /// full width and the like as those of ASCII. Nothing when there are none.
    [[nodiscard]] std::optional<TextView> withoutUnseen() const;
    /// What stands at these places only, in their order.
    [[nodiscard]] TextView picked(const std::vector<qsizetype> &places) const;

private:
    void append(char byte, qsizetype place);

    QByteArray m_bytes;
    std::vector<qint32> m_places; ///< empty: each byte stands for itself
    std::vector<qint32> m_ends;   ///< empty: each ends where the next begins
    int m_level = 0;
};

} // namespace slipway
