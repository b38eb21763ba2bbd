// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/htmlwriter.h"

#include "app/exporter/htmltext.h"

#include <QCryptographicHash>
#include <QFile>

#include <cmath>

namespace slipway {

namespace {

QByteArray resource(const QString &name) {
    QFile file(QStringLiteral(":/slipway/pages/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The shapes by which a verdict is known without its colour, in a box of 16.
const char *shapeOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Proven:
        return "M8 0a8 8 0 1 0 0 16a8 8 0 0 0 0-16ZM7 11.6L3.6 8.2L5 6.8L7 8.8L11 4.6L12.4 6Z";
    case Verdict::UnprovenPass:
        return "M8 0a8 8 0 1 0 0 16a8 8 0 0 0 0-16ZM8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 0 1 0-12.4Z"
               "M7 11.2L4.2 8.4L5.4 7.2L7 8.8L10.6 5.2L11.8 6.4Z";
    case Verdict::Fail:
        return "M4.7 0H11.3L16 4.7V11.3L11.3 16H4.7L0 11.3V4.7ZM5.4 4L4 5.4L6.6 8L4 10.6L5.4 12L8 9.4L10.6 12"
               "L12 10.6L9.4 8L12 5.4L10.6 4L8 6.6Z";
    case Verdict::InvalidEvidence:
        return "M8 0a8 8 0 1 0 0 16a8 8 0 0 0 0-16ZM8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 0 1 0-12.4Z"
               "M10.6 3.6L12.4 5.4L5.4 12.4L3.6 10.6Z";
    case Verdict::Incomplete:
        return "M8 0a8 8 0 1 0 0 16a8 8 0 0 0 0-16ZM8 1.8a6.2 6.2 0 0 1 0 12.4Z";
    case Verdict::NoEvidence:
        return "M6.5 0.2A8 8 0 0 1 9.5 0.2L9.2 1.9A6.2 6.2 0 0 0 6.8 1.9ZM13 1.8A8 8 0 0 1 15.3 4.8L13.7 5.5"
               "A6.2 6.2 0 0 0 11.9 3.2ZM15.9 7.5A8 8 0 0 1 15 12L13.4 11A6.2 6.2 0 0 0 14.1 7.7ZM12 15"
               "A8 8 0 0 1 7.5 16L7.7 14.2A6.2 6.2 0 0 0 11 13.4ZM3.5 14.6A8 8 0 0 1 0.8 11.5L2.5 10.8"
               "A6.2 6.2 0 0 0 4.5 13.1ZM0.1 7.5A8 8 0 0 1 1.8 3L3.2 4.2A6.2 6.2 0 0 0 1.9 7.6Z";
    }
    return "";
}

} // namespace

HtmlWriter::HtmlWriter() : m_xml(&m_body) {}

void HtmlWriter::open(const char *tag, Attributes attributes) {
    m_xml.writeStartElement(QString::fromLatin1(tag));
    for (const Attribute &attribute : attributes)
        m_xml.writeAttribute(QString::fromLatin1(attribute.name), visibleText(attribute.value));
    m_xml.writeCharacters(QString()); // HTML knows no <td/>
}

void HtmlWriter::close() {
    m_xml.writeEndElement();
}

void HtmlWriter::text(const QString &text) {
    m_xml.writeCharacters(visibleText(text));
}

void HtmlWriter::element(const char *tag, const QString &content, Attributes attributes) {
    open(tag, attributes);
    text(content);
    close();
}

void HtmlWriter::empty(const char *tag, Attributes attributes) {
    m_xml.writeEmptyElement(QString::fromLatin1(tag));
    for (const Attribute &attribute : attributes)
        m_xml.writeAttribute(QString::fromLatin1(attribute.name), visibleText(attribute.value));
}

void HtmlWriter::link(const QString &url, const QString &label) {
    const QString address = safeUrl(url);
    if (address.isEmpty())
        text(label == url ? label : label + QStringLiteral(" (%1)").arg(url));
    else
        element("a", label, {{"href", address}, {"rel", QStringLiteral("noopener noreferrer")}});
}

void HtmlWriter::verdict(Verdict verdict, const char *size) {
    open("span",
         {{"class",
           QStringLiteral("verdict %1 %2").arg(verdictClass(verdict), QLatin1String(size)).trimmed()}});
    open("svg", {{"viewBox", QStringLiteral("0 0 16 16")}, {"aria-hidden", QStringLiteral("true")}});
    empty("path", {{"fill", QStringLiteral("currentColor")},
                   {"fill-rule", QStringLiteral("evenodd")},
                   {"d", QString::fromLatin1(shapeOf(verdict))}});
    close();
    text(verdictName(verdict));
    close();
}

QByteArray HtmlWriter::page(const QString &title) const {
    const QByteArray style = resource(QStringLiteral("page.css"));
    QByteArray page = resource(QStringLiteral("page.html"));
    page.replace("@STYLE_HASH@", QCryptographicHash::hash(style, QCryptographicHash::Sha256).toBase64());
    page.replace("@STYLE@", style);
    page.replace("@TITLE@", visibleText(title).toHtmlEscaped().toUtf8());
    page.replace("@BODY@", m_body.toUtf8()); // last: nothing in it is a place to fill
    return page;
}

QString numberText(qint64 number) {
    QString text = QString::number(number);
    for (qsizetype i = text.size() - 3; i > (number < 0 ? 1 : 0); i -= 3)
        text.insert(i, QChar(0x202f));
    return text;
}

QString bytesText(qint64 bytes) {
    if (bytes < 1024)
        return bytes == 1 ? QStringLiteral("1 byte") : QStringLiteral("%1 bytes").arg(bytes);
    const double kib = static_cast<double>(bytes) / 1024;
    return kib < 1024 ? QStringLiteral("%1 KiB").arg(kib, 0, 'f', 1)
                      : QStringLiteral("%1 MiB").arg(kib / 1024, 0, 'f', 1);
}

QString secondsText(qint64 seconds) {
    if (seconds < 60)
        return QStringLiteral("%1 s").arg(seconds);
    return seconds < 3600 ? QStringLiteral("%1 min %2 s").arg(seconds / 60).arg(seconds % 60)
                          : QStringLiteral("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60);
}

QString boundText(double bound) {
    return QString::number(std::floor(bound * 10000) / 10000, 'f', 4);
}

QString verdictClass(Verdict verdict) {
    switch (verdict) {
    case Verdict::Proven:
        return QStringLiteral("proven");
    case Verdict::UnprovenPass:
        return QStringLiteral("unproven");
    case Verdict::Fail:
        return QStringLiteral("fail");
    case Verdict::InvalidEvidence:
        return QStringLiteral("invalid");
    case Verdict::Incomplete:
        return QStringLiteral("incomplete");
    case Verdict::NoEvidence:
        return QStringLiteral("none");
    }
    return {};
}

QString claimText(const std::optional<bool> &claimed) {
    return !claimed   ? QStringLiteral("no claim")
           : *claimed ? QStringLiteral("its summary says: pass")
                      : QStringLiteral("its summary says: fail");
}

} // namespace slipway
