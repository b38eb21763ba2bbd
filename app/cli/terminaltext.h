// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonValue>
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
    friend TerminalText verdictLine(const QString &before, const QString &verdict, const QString &after);
    friend TerminalText tableText(const QList<QStringList> &rows);
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
/// The same with a verdict in it, which has its colour where there are colours.
[[nodiscard]] TerminalText verdictLine(const QString &before, const QString &verdict, const QString &after);
/// Columns padded to their widest cell, two blanks between; the last column is not padded. A row is a line.
/// On a terminal the widest cells are cut until a line fits, with "…" at their end; a column VERDICT has
/// colours.
[[nodiscard]] TerminalText tableText(const QList<QStringList> &rows);
/// Of JSON: a text, or null where there is none.
[[nodiscard]] QJsonValue orNull(const QString &text);
/// Which document of resources/schemas jsonText() makes: "campaign/1". Of the command that runs; set before
/// it.
void setDocument(const QString &name);
/// What the member "schema" says of a document: "slipway-campaign/1".
[[nodiscard]] QString schemaText(const QString &document);
/// The document, with what a terminal would obey escaped as JSON does: the same values for a program. An
/// object, or each object of an array, without a member "schema" gets the one that is set.
[[nodiscard]] TerminalText jsonText(const QJsonDocument &document);
/// A file's lines, each by itself; for a terminal, where the bytes themselves must not go.
[[nodiscard]] TerminalText fileText(const QByteArray &bytes);

} // namespace slipway::cli
