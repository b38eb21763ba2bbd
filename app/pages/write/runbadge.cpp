// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/runbadge.h"

#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/runentry.h"
#include "app/pages/write/svgparts.h"
#include "models/evidence/manifest.h"

#include <QUrl>
#include <QXmlStreamWriter>

namespace slipway {

namespace {

using svg::number;

constexpr double kCharacter = 6.6; // of sans-serif at 11 px, on average; textLength makes it fit any font
constexpr double kMargin = 7;
const QString kName = QStringLiteral("ship gate");

QString colourOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Proven:
        return QStringLiteral("#1A7A36");
    case Verdict::UnprovenPass:
        return QStringLiteral("#8A5A00");
    case Verdict::Fail:
        return QStringLiteral("#C0262B");
    case Verdict::InvalidEvidence:
        return QStringLiteral("#7038BC");
    case Verdict::Incomplete:
    case Verdict::NoEvidence:
        break;
    }
    return QStringLiteral("#57616D");
}

class Badge {
public:
    Badge(QXmlStreamWriter &xml, const QString &word, const QString &colour)
        : m_xml(xml), m_word(word), m_colour(colour), m_left(widthOf(kName)), m_right(widthOf(word)) {}

    void write() {
        start("svg", {{"xmlns", QStringLiteral("http://www.w3.org/2000/svg")},
                      {"width", number(m_left + m_right)},
                      {"height", QStringLiteral("20")},
                      {"role", QStringLiteral("img")},
                      {"aria-label", kName + QStringLiteral(": ") + m_word}});
        m_xml.writeTextElement(QStringLiteral("title"), kName + QStringLiteral(": ") + m_word);
        box(0, m_left, QStringLiteral("#3A424B"));
        box(m_left, m_right, m_colour);
        label(0, m_left, kName);
        label(m_left, m_right, m_word);
        m_xml.writeEndElement();
    }

private:
    using Attributes = std::initializer_list<HtmlWriter::Attribute>;

    static double widthOf(const QString &text) {
        return static_cast<double>(text.size()) * kCharacter + 2 * kMargin;
    }

    void start(const char *tag, Attributes attributes) {
        m_xml.writeStartElement(QString::fromLatin1(tag));
        for (const auto &attribute : attributes)
            m_xml.writeAttribute(QString::fromLatin1(attribute.name), attribute.value);
    }
    void box(double x, double width, const QString &colour) {
        start(
            "rect",
            {{"x", number(x)}, {"width", number(width)}, {"height", QStringLiteral("20")}, {"fill", colour}});
        m_xml.writeEndElement();
    }
    void label(double x, double width, const QString &text) {
        start("text", {{"x", number(x + kMargin)},
                       {"y", QStringLiteral("14")},
                       {"textLength", number(width - 2 * kMargin)},
                       {"fill", QStringLiteral("#FFFFFF")},
                       {"font-family", QStringLiteral("Verdana, DejaVu Sans, sans-serif")},
                       {"font-size", QStringLiteral("11")}});
        m_xml.writeCharacters(text);
        m_xml.writeEndElement();
    }

    QXmlStreamWriter &m_xml;
    QString m_word;
    QString m_colour;
    double m_left;
    double m_right;
};

} // namespace

QString badgeText(const Judgement &judgement) {
    const QString word = verdictName(judgement.verdict).toLower();
    const std::optional<double> bound = minBound(judgement);
    return judgement.verdict == Verdict::Proven && bound ? word + QStringLiteral(" ≥ ") + boundText(*bound)
                                                         : word;
}

QByteArray runBadge(const Judgement &judgement) {
    QByteArray svg;
    QXmlStreamWriter xml(&svg);
    Badge(xml, badgeText(judgement), colourOf(judgement.verdict)).write();
    return svg + '\n';
}

QString badgeMarkdown(const QString &id, const Judgement &judgement) {
    const QString folder = QStringLiteral("runs/") + QString::fromLatin1(QUrl::toPercentEncoding(id));
    return QStringLiteral("[![%1: %2](%3/%4)](%3/%5)")
        .arg(kName, badgeText(judgement), folder, kBadge, kPage);
}

} // namespace slipway
