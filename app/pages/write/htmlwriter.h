// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

#include <QString>
#include <QXmlStreamWriter>

#include <initializer_list>

namespace slipway {

/// Writes the body of a page. All text and every attribute goes through QXmlStreamWriter's escaping and
/// visibleText(): there is no way to write markup but by open(). One thread.
class HtmlWriter {
public:
    struct Attribute {
        const char *name;
        QString value;
    };
    using Attributes = std::initializer_list<Attribute>;

    HtmlWriter();

    void open(const char *tag, Attributes attributes = {});
    void close();
    void text(const QString &text);
    /// An element with text and nothing else in it.
    void element(const char *tag, const QString &content, Attributes attributes = {});
    /// An element without content that needs no end tag in HTML, or any of SVG's.
    void empty(const char *tag, Attributes attributes = {});
    /// A link out of the page where the address is one of the web's, its text otherwise.
    void link(const QString &url, const QString &label);
    /// "FAIL" with its shape and colour.
    void verdict(Verdict verdict, const char *size = "");
    /// The shape alone, for where the word stands nearby.
    void mark(Verdict verdict);

    /// What a page's head says of it, and its script.
    struct Frame {
        QString title;
        QString description; ///< what a pasted link shows below the title
        QString runs;        ///< leads from the page to the folder of the list of runs: "../"
        QString script;      ///< a file of resources/pages; the page may run no other. Empty: it has none
        bool readsNextTo = false; ///< whether the script may ask the site that the page came from
        QString alsoStyle{};      ///< a file of resources/pages that comes after the style of all pages
    };
    /// The page with the body written so far. By its Content-Security-Policy it has one style and one script,
    /// both known by their hashes.
    [[nodiscard]] QByteArray page(const Frame &frame) const;

private:
    QString m_body;
    QXmlStreamWriter m_xml;
};

/// Counts the changes of what pages look like; each page says its own in a meta element.
inline constexpr int kPageLayout = 3;

/// As much of a text as `length` characters hold, "…" at its end where it is cut.
[[nodiscard]] QString clippedText(const QString &text, qsizetype length);
/// "12,345" would be read as two numbers by half of the world: "12 345" with a narrow no-break space.
[[nodiscard]] QString numberText(qint64 number);
[[nodiscard]] QString boundText(double bound);       ///< four decimals, floored, never rounded up
[[nodiscard]] QString verdictClass(Verdict verdict); ///< of page.css
/// "claims a pass"; empty where a summary claims what was found, or nothing.
[[nodiscard]] QString claimedOtherwise(Verdict verdict, const std::optional<bool> &claimed);

} // namespace slipway
