// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/pagecheck.h"

#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/runbadge.h"
#include "app/pages/write/runpage.h"
#include "models/evidence/judge.h"
#include "models/evidence/manifest.h"

#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <algorithm>

namespace slipway {

namespace {

const QByteArray kNarrative = R"(<section id="focus" class="card story">)";
const QByteArray kPhases = R"(<section id="phase-1" class="card">)";

// The published page's bytes from `from` on are those that were made, but for what the manifest says is
// masked.
bool isEqualBeneathMasks(const QByteArray &published, qsizetype from, QByteArrayView made,
                         const QList<Masked> &masks) {
    for (qsizetype i = 0; i < made.size(); ++i) {
        const qsizetype at = from + i;
        const bool isMasked =
            published.at(at) == '*' && std::any_of(masks.begin(), masks.end(), [at](const Masked &mask) {
                return mask.file == kPage && at >= mask.offset && at < mask.offset + mask.length;
            });
        if (published.at(at) != made.at(i) && !isMasked)
            return false;
    }
    return true;
}

bool isAllowed(const QXmlStreamReader &html) {
    static const QStringList elements{
        QStringLiteral("section"), QStringLiteral("div"), QStringLiteral("h2"), QStringLiteral("h3"),
        QStringLiteral("h4"),      QStringLiteral("p"),   QStringLiteral("ol"), QStringLiteral("li"),
        QStringLiteral("strong"),  QStringLiteral("bdi"), QStringLiteral("a")};
    static const QStringList attributes{QStringLiteral("id=focus"),
                                        QStringLiteral("class=card story"),
                                        QStringLiteral("class=columns"),
                                        QStringLiteral("class=columns wider"),
                                        QStringLiteral("class=lead"),
                                        QStringLiteral("class=muted"),
                                        QStringLiteral("dir=auto"),
                                        QStringLiteral("class=audiences"),
                                        QStringLiteral("rel=noopener noreferrer")};
    const auto all = html.attributes();
    return elements.contains(html.name().toString()) &&
           std::all_of(all.begin(), all.end(), [&](const QXmlStreamAttribute &one) {
               const bool isLink = html.name() == QLatin1String("a") && one.name() == QLatin1String("href") &&
                                   (one.value().startsWith(QLatin1String("https://")) ||
                                    one.value().startsWith(QLatin1String("http://")));
               return isLink ||
                      attributes.contains(one.name().toString() + QLatin1Char('=') + one.value().toString());
           });
}

// Made of the elements that a narrative is made of, and written as they are written: nothing else can be in
// it.
bool isNarrative(QByteArrayView markup) {
    const QByteArray whole = "<x>" + markup.toByteArray() + "</x>";
    QXmlStreamReader html(whole);
    QString again;
    QXmlStreamWriter writer(&again);
    int depth = 0;
    while (!html.atEnd()) {
        switch (html.readNext()) {
        case QXmlStreamReader::StartDocument:
        case QXmlStreamReader::EndDocument:
            break;
        case QXmlStreamReader::StartElement:
            if (depth++ > 0 && !isAllowed(html))
                return false;
            writer.writeStartElement(html.name().toString());
            writer.writeAttributes(html.attributes());
            writer.writeCharacters(QString());
            break;
        case QXmlStreamReader::EndElement:
            --depth;
            writer.writeEndElement();
            break;
        case QXmlStreamReader::Characters:
            if (html.isCDATA())
                return false;
            writer.writeCharacters(html.text().toString());
            break;
        default:
            return false;
        }
    }
    return !html.hasError() && again.toUtf8() == whole;
}

// The page that these files give; where it has a narrative, with an empty one.
QByteArray pageOf(const QList<EvidenceFile> &files, const RecordedPlan &recorded,
                  const EvidenceManifest &manifest, const Judgement &judgement, bool hasNarrative) {
    RunExport run;
    run.id = manifest.campaign;
    run.absent = manifest.absent;
    run.judgement = judgement;
    // What else lies next to the folder does not concern its page.
    run.judgement.checks.removeIf(
        [](const Check &check) { return check.id == QLatin1String("campaign.previous"); });
    for (const EvidenceFile &file : files) {
        if (file.name != kPage && file.name != kBadge && file.name != kManifest &&
            file.name != kManifestSignature)
            run.files.append(file);
    }
    std::sort(run.files.begin(), run.files.end(),
              [](const EvidenceFile &a, const EvidenceFile &b) { return a.name < b.name; });
    for (const Masked &masked : manifest.masked) {
        if (masked.file != kPage)
            run.masked.append(masked);
    }
    const std::optional<PublishedPlan> plan = asPublished(recorded);
    const QList<PhaseSpan> spans = publishedSpans(files);
    CampaignRecord record;
    if (hasNarrative)
        record.insight = Insight();
    const QList<CycleFile> cycles = cycleFilesOf(run.files);
    return runPage({record, run, manifest, plan, spans, cycles});
}

Check badgeIsWrong(Check check, qsizetype size) {
    check.flaw = Check::Flaw::Invalid;
    check.actual = size == 0 ? QStringLiteral("no badge") : QStringLiteral("another badge");
    check.source = {kBadge, 0, size};
    check.reason =
        QStringLiteral("%1 does not say what the folder's other files give; export it again").arg(kBadge);
    return check;
}

} // namespace

std::optional<Check> checkPage(const QList<EvidenceFile> &files, const Judgement &judgement) {
    const EvidenceFile *page = findFile(files, kPage);
    const auto manifest = readManifest(fileBytes(files, kManifest));
    const auto plan = readPlan(fileBytes(files, kPlanFile));
    if (!page || !manifest || !plan || manifest->rulesVersion != kRulesVersion ||
        judgement.verdict == Verdict::InvalidEvidence)
        return std::nullopt;
    Check check;
    check.id = QStringLiteral("campaign.page");
    check.proves =
        QStringLiteral("The page and the badge say what the folder's other files give, byte for byte.");
    check.expected = QStringLiteral("the same bytes");
    check.source = {kPage, 0, 0};
    const QByteArray &published = page->bytes;
    const bool hasNarrative = published.contains(kNarrative);
    const QByteArray made = pageOf(files, *plan, *manifest, judgement, hasNarrative);
    const qsizetype from = made.indexOf(hasNarrative ? kNarrative : kPhases);
    const qsizetype left = made.size() - made.indexOf(kPhases); // from there to the end
    const bool isLongEnough = published.size() >= from + left;
    const QByteArrayView narrative =
        isLongEnough ? QByteArrayView(published).sliced(from, published.size() - left - from)
                     : QByteArrayView();
    if (isLongEnough &&
        isEqualBeneathMasks(published, 0, QByteArrayView(made).first(from), manifest->masked) &&
        isEqualBeneathMasks(published, published.size() - left, QByteArrayView(made).last(left),
                            manifest->masked) &&
        isNarrative(narrative)) {
        if (fileBytes(files, kBadge) != runBadge(judgement))
            return badgeIsWrong(check, fileBytes(files, kBadge).size());
        check.outcome = Check::Outcome::Pass;
        check.actual = check.expected;
        return check;
    }
    const auto differs = std::mismatch(published.begin(), published.end(), made.begin(), made.end()).first;
    check.flaw = Check::Flaw::Invalid;
    check.actual = QStringLiteral("other bytes");
    check.source = {kPage, differs - published.begin(), 1};
    check.reason =
        QStringLiteral("%1 is not the page that the folder's other files give; export it again").arg(kPage);
    return check;
}

} // namespace slipway
