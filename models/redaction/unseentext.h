// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace slipway {

/// The escape character and "[" as one character of ISO 8859 and Unicode.
inline constexpr unsigned kControlIntroducer = 0x9b;

/// A character of no width: zero-width spaces and joiners, marks of direction, soft hyphen, byte order mark.
[[nodiscard]] bool isUnseen(unsigned codePoint);

/// The letter, digit or sign of ASCII that this character is but for its look, as in ｐａｓｓｗｏｒｄ＝ or ⓟ
/// (NFKC, UAX #15); '\0' when it is none. No quote and no backslash, which would change where a text ends.
[[nodiscard]] char plainForm(char32_t character);

struct LookAlike {
    char plain = '\0'; ///< '\0': there is none
    size_t length = 0; ///< bytes
};

/// The one at the beginning of `text`, which is UTF-8.
[[nodiscard]] LookAlike lookAlike(std::string_view text);

/// How many bytes at the beginning of `text` a reader does not see or a program drops: a terminal's control
/// sequence (ECMA-48: colours, titles; also as "^[[1m", "\033[1m", or without its escape character), a
/// character of no width in UTF-8, a tag of HTML that only changes how letters look, a line end behind a
/// backslash with the blanks of the next line. 0: none. Looks at a bounded number of bytes.
[[nodiscard]] size_t unseenLength(std::string_view text);

/// The first place at `from` or behind it where unseenLength() or lookAlike() may find something; npos when
/// there is none.
[[nodiscard]] size_t nextUnseen(std::string_view text, size_t from);

} // namespace slipway
