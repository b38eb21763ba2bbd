// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QStringList>

namespace slipway::cli {

/// Words of our own: a literal, which the compiler holds it to.
struct OwnWords {
    consteval OwnWords(const char *words) : utf8(words) {} // NOLINT(google-explicit-constructor)
    const char *utf8;
};

/// The only thing that is printed: lines that can neither drive a terminal nor pretend to be another line.
/// Text that came from outside gets in through lineText(), tableText(), jsonText() and fileText() alone, and
/// each of them cleans it by plainText(). A plain value.
class TerminalText {
public:
    TerminalText() = default;
    TerminalText(OwnWords words) : m_utf8(words.utf8) {} // NOLINT(google-explicit-constructor)

    TerminalText &operator+=(const TerminalText &other) {
        m_utf8 += other.m_utf8;
        return *this;
    }
    [[nodiscard]] friend TerminalText operator+(TerminalText first, const TerminalText &second) {
        return first += second;
    }
    TerminalText &operator+=(OwnWords words) { return *this += TerminalText(words); }
    [[nodiscard]] friend TerminalText operator+(TerminalText first, OwnWords second) {
        return first += second;
    }
    [[nodiscard]] friend TerminalText operator+(OwnWords first, const TerminalText &second) {
        return TerminalText(first) += second;
    }
    [[nodiscard]] bool isEmpty() const { return m_utf8.isEmpty(); }
    [[nodiscard]] const QByteArray &utf8() const { return m_utf8; }

private:
    friend TerminalText lineText(const QString &text);
    friend TerminalText jsonText(const QJsonDocument &document);
    [[nodiscard]] static TerminalText ofClean(const QString &clean) {
        TerminalText text;
        text.m_utf8 = clean.toUtf8();
        return text;
    }

    QByteArray m_utf8;
};

/// One line with its end, whatever the text holds.
[[nodiscard]] TerminalText lineText(const QString &text);
/// Columns padded to their widest cell, two blanks between; the last column is not padded. A row is a line.
[[nodiscard]] TerminalText tableText(const QList<QStringList> &rows);
/// The document, with what a terminal would obey escaped as JSON does: the same values for a program.
[[nodiscard]] TerminalText jsonText(const QJsonDocument &document);
/// A file's lines, each by itself; for a terminal, where the bytes themselves must not go.
[[nodiscard]] TerminalText fileText(const QByteArray &bytes);

} // namespace slipway::cli
