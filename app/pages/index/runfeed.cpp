// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/index/runfeed.h"

#include "app/pages/index/indexpage.h"
#include "app/pages/write/htmltext.h"
#include "models/evidence/verdictclaim.h"

#include <QUrl>
#include <QXmlStreamWriter>

#include <algorithm>

namespace slipway {

namespace {

const QString kId = QStringLiteral("urn:x-slipway:runs"); // no site knows its own address

void element(QXmlStreamWriter &xml, const char *name, const QString &text) {
    xml.writeTextElement(QString::fromLatin1(name), visibleText(text));
}

void writeEntry(QXmlStreamWriter &xml, const RunEntry &entry) {
    xml.writeStartElement(QStringLiteral("entry"));
    element(xml, "id", kId + QLatin1Char(':') + QString::fromLatin1(QUrl::toPercentEncoding(entry.id)));
    element(xml, "title", QStringLiteral("%1: %2").arg(verdictName(entry.verdict), entry.id));
    element(xml, "updated", entry.completedAt.toUTC().toString(Qt::ISODate));
    xml.writeEmptyElement(QStringLiteral("link"));
    xml.writeAttribute(QStringLiteral("href"), addressOf(entry));
    element(xml, "summary", withClaim(entry.reason, entry.verdict, entry.claim));
    xml.writeEndElement();
}

} // namespace

QByteArray runFeed(const QList<RunEntry> &entries) {
    QList<const RunEntry *> newest;
    for (const RunEntry &entry : entries) {
        if (entry.completedAt.isValid())
            newest.append(&entry);
    }
    std::stable_sort(newest.begin(), newest.end(),
                     [](const RunEntry *a, const RunEntry *b) { return a->completedAt > b->completedAt; });
    newest.resize(std::min(newest.size(), kFeedRuns));
    QByteArray feed;
    QXmlStreamWriter xml(&feed);
    xml.setAutoFormatting(true);
    xml.setAutoFormattingIndent(1);
    xml.writeStartDocument();
    xml.writeStartElement(QStringLiteral("feed"));
    xml.writeDefaultNamespace(QStringLiteral("http://www.w3.org/2005/Atom"));
    element(xml, "id", kId);
    element(xml, "title", QStringLiteral("Ship-gate runs"));
    element(xml, "subtitle", writtenBySlipway());
    element(xml, "updated",
            newest.isEmpty() ? QStringLiteral("1970-01-01T00:00:00Z")
                             : newest.constFirst()->completedAt.toUTC().toString(Qt::ISODate));
    xml.writeStartElement(QStringLiteral("author"));
    element(xml, "name", QStringLiteral("Slipway"));
    xml.writeEndElement();
    xml.writeEmptyElement(QStringLiteral("link"));
    xml.writeAttribute(QStringLiteral("href"), QStringLiteral("./index.html"));
    for (const RunEntry *entry : std::as_const(newest))
        writeEntry(xml, *entry);
    xml.writeEndElement();
    xml.writeEndDocument();
    return feed;
}

} // namespace slipway
