// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/htmlwriter.h"

#include "app/pages/write/htmltext.h"

#include <QCryptographicHash>
#include <QFile>
#include <QMap>

#include <cmath>

namespace slipway {

namespace {

QByteArray resource(const QString &name) {
    QFile file(QStringLiteral(":/slipway/pages/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// One pass: what is filled in is never searched for places to fill.
QByteArray filled(const QByteArray &page, const QMap<QByteArray, QByteArray> &values) {
    QByteArray result;
    qsizetype at = 0;
    while (at < page.size()) {
        const qsizetype from = page.indexOf('@', at);
        const qsizetype to = from < 0 ? -1 : page.indexOf('@', from + 1);
        const auto value = to < 0 ? values.end() : values.find(page.mid(from + 1, to - from - 1));
        const qsizetype kept = value != values.end() ? from : to < 0 ? page.size() : to;
        result += page.mid(at, kept - at);
        if (value != values.end())
            result += *value;
        at = value != values.end() ? to + 1 : kept;
    }
    return result;
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
    mark(verdict);
    text(verdictName(verdict));
    close();
}

void HtmlWriter::mark(Verdict verdict) {
    open("svg", {{"class", QStringLiteral("mark ") + verdictClass(verdict)},
                 {"aria-hidden", QStringLiteral("true")}});
    empty("use", {{"href", QStringLiteral("#m-") + verdictClass(verdict)}});
    close();
}

QByteArray HtmlWriter::page(const Frame &frame) const {
    const auto attribute = [](const QString &text) { return visibleText(text).toHtmlEscaped().toUtf8(); };
    const auto hash = [](const QByteArray &text) {
        return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64();
    };
    QByteArray style = resource(QStringLiteral("page.css"));
    if (!frame.alsoStyle.isEmpty())
        style += resource(frame.alsoStyle);
    const QByteArray script = frame.script.isEmpty() ? QByteArray() : resource(frame.script);
    return filled(resource(QStringLiteral("page.html")),
                  {{"STYLE_HASH", hash(style)},
                   {"STYLE", style},
                   {"SCRIPT_HASH", hash(script)},
                   {"SCRIPT", script},
                   {"CONNECT", frame.readsNextTo ? "; connect-src 'self'" : ""},
                   {"LAYOUT", QByteArray::number(kPageLayout)},
                   {"RUNS", attribute(frame.runs)},
                   {"TITLE", attribute(frame.title)},
                   {"DESCRIPTION", attribute(frame.description)},
                   {"BODY", m_body.toUtf8()}});
}

QString clippedText(const QString &text, qsizetype length) {
    if (text.size() <= length)
        return text;
    const qsizetype end = text.at(length - 1).isHighSurrogate() ? length - 1 : length;
    return text.first(end).trimmed() + QChar(0x2026);
}

QString numberText(qint64 number) {
    QString text = QString::number(number);
    for (qsizetype i = text.size() - 3; i > (number < 0 ? 1 : 0); i -= 3)
        text.insert(i, QChar(0x202f));
    return text;
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

QString claimedOtherwise(Verdict verdict, const std::optional<bool> &claimed) {
    if (!claimed || verdict == (*claimed ? Verdict::Proven : Verdict::Fail))
        return {};
    return *claimed ? QStringLiteral("claims a pass") : QStringLiteral("claims a fail");
}

} // namespace slipway
