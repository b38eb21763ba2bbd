// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace slipway {

/// ASCII alone, whatever the locale says.
constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
constexpr bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
constexpr bool isLetter(char c) {
    return isLower(c) || isUpper(c);
}
constexpr bool isAlnum(char c) {
    return isLetter(c) || isDigit(c);
}
constexpr bool isNameCharacter(char c) {
    return isAlnum(c) || c == '_' || c == '-' || c == '.';
}
constexpr bool isBlank(char c) {
    return c == ' ' || c == '\t';
}
constexpr bool isLineEnd(char c) {
    return c == '\n' || c == '\r';
}
/// Space, line ends and every other control character.
constexpr bool isSpaceOrControl(char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == '\x7f';
}
constexpr char toLower(char c) {
    return isUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}
constexpr int hexValue(char c) {
    if (isDigit(c))
        return c - '0';
    const char lower = toLower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace slipway
