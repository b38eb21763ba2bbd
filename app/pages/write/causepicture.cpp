// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/causepicture.h"

#include "app/pages/write/checktables.h"
#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/picture.h"
#include "models/cycles/cycletablemodel.h"
#include "models/evidence/convergencebound.h"

#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace slipway {

namespace {

const QString kDelivery = QStringLiteral("phase2.delivery.");
const QString kIdentity = QStringLiteral("phase2.identity");
const QString kConvergence = QStringLiteral("phase4.convergence.");
const QString kBound = QStringLiteral("phase4.bound.");
const QString kPicture = QStringLiteral("cause-picture");

Tone toneOf(const Check &check) {
    if (check.outcome == Check::Outcome::Pass)
        return Tone::Held;
    if (check.outcome == Check::Outcome::Fail)
        return Tone::Short;
    return check.flaw == Check::Flaw::Invalid ? Tone::Invalid : Tone::Missing;
}

QString thresholdText(double threshold) {
    return QStringLiteral("at least %1").arg(threshold);
}

// Checks of one kind, each with the number it measured. The first ones are those that do not hold.
BarPicture barsOf(const RunPageContent &content, const QString &stem,
                  const std::function<QString(const Check &)> &nameOf) {
    BarPicture picture;
    picture.text.id = kPicture;
    picture.max = 0;
    for (const Check &check : content.run.judgement.checks) {
        if (!check.id.startsWith(stem))
            continue;
        const std::optional<double> value = numberIn(check.actual);
        const std::optional<double> threshold = numberIn(check.expected);
        picture.rows.append(
            {nameOf(check), value, value ? check.actual : QStringLiteral("not measured"), toneOf(check)});
        if (threshold)
            picture.threshold = std::max(picture.threshold.value_or(0), *threshold);
        picture.max = std::max({picture.max, value.value_or(0), threshold.value_or(0),
                                static_cast<double>(check.n.value_or(0))});
    }
    if (picture.threshold)
        picture.thresholdName = thresholdText(*picture.threshold);
    if (picture.rows.size() > BarPicture::kRows)
        std::stable_partition(picture.rows.begin(), picture.rows.end(),
                              [](const BarPicture::Row &row) { return row.tone != Tone::Held; });
    return picture;
}

bool isDrawable(const BarPicture &picture) {
    return picture.max > 0 && std::any_of(picture.rows.begin(), picture.rows.end(),
                                          [](const BarPicture::Row &row) { return row.value.has_value(); });
}

BarPicture deliveryBars(const RunPageContent &content) {
    BarPicture picture = barsOf(content, kDelivery, [](const Check &check) { return check.host; });
    picture.text.title = QStringLiteral("Acknowledged writes that each node holds");
    for (const Check &check : content.run.judgement.checks) {
        if (check.id.startsWith(kDelivery) && check.n)
            picture.text.note =
                QStringLiteral("Of %1 writes that were acknowledged in phase 2.").arg(*check.n);
    }
    return picture;
}

BarPicture shareBars(const RunPageContent &content) {
    BarPicture picture = barsOf(content, kConvergence,
                                [](const Check &check) { return check.id.sliced(kConvergence.size()); });
    picture.max = std::max(1.0, picture.max);
    picture.text.title = QStringLiteral("Share of acknowledged writes on every survivor");
    picture.text.note = QStringLiteral("By fault class, as the report tells it. Hatched: not a measurement.");
    return picture;
}

BarPicture hostBars(const RunPageContent &content, const Check &check) {
    BarPicture picture =
        barsOf(content, stemOf(check) + QLatin1Char('.'), [](const Check &one) { return one.host; });
    picture.text.title = check.proves;
    picture.text.note = QStringLiteral("What each node measured.");
    return picture;
}

// The reports that a campaign should have left.
SlotPicture reportSlots(const RunPageContent &content) {
    static const QRegularExpression report(QStringLiteral("^phase[1-4]\\.report(\\.|$)"));
    SlotPicture picture;
    picture.text = {kPicture, QStringLiteral("What this campaign should have left"),
                    QStringLiteral("Hatched: it cannot be used, or is not there.")};
    for (const Check &check : content.run.judgement.checks) {
        if (!report.match(check.id).hasMatch())
            continue;
        const QString name =
            check.source.file.isEmpty() ? QStringLiteral("phase %1").arg(check.phase) : check.source.file;
        picture.rows.append(
            {name,
             holds(check) ? QStringLiteral("there")
             : check.flaw == Check::Flaw::Missing
                 ? QStringLiteral("not there")
                 : (check.actual == QLatin1String("empty") ? check.actual : QStringLiteral("not valid")),
             toneOf(check)});
    }
    for (const Check &check : content.run.judgement.checks) {
        if (check.id == QLatin1String("campaign.observations") && !holds(check))
            picture.rows.append({check.expected, check.actual, Tone::Missing});
    }
    if (picture.rows.size() > SlotPicture::kRows)
        std::stable_partition(picture.rows.begin(), picture.rows.end(),
                              [](const SlotPicture::Row &row) { return row.tone != Tone::Held; });
    return picture;
}

// How the bound grew, cycle by cycle, of those whose fault struck.
CurvePicture boundCurves(const RunPageContent &content) {
    constexpr qint64 points = 48; // of a curve
    CurvePicture picture;
    picture.xName = QStringLiteral("cycles whose fault struck");
    picture.text = {kPicture, QStringLiteral("What the cycles prove, at 95 % confidence"),
                    QStringLiteral("The lower bound of the share of acknowledged writes on every survivor.")};
    for (const CycleFile &file : content.cycles) {
        CurvePicture::Curve curve;
        curve.name = file.fault;
        ConvergenceBound bound;
        const qint64 step = std::max<qint64>(1, file.cycles.size() / points);
        for (qsizetype i = 0; i < file.cycles.size(); ++i) {
            const Cycle &cycle = file.cycles.at(i);
            if (cycle.struck())
                bound.add(cycle.converged.value_or(0), cycle.ok.value_or(0));
            if (bound.cycles() > 0 && ((i + 1) % step == 0 || i + 1 == file.cycles.size()))
                curve.points.append({static_cast<double>(bound.cycles()), bound.lower()});
        }
        if (curve.points.isEmpty())
            continue;
        for (const Check &check : content.run.judgement.checks) {
            if (check.id != kBound + file.fault)
                continue;
            picture.threshold = numberIn(check.expected).value_or(picture.threshold);
            if (check.bound)
                curve.text = boundText(*check.bound);
        }
        picture.curves.append(curve);
    }
    picture.thresholdName = thresholdText(picture.threshold);
    return picture;
}

} // namespace

std::optional<double> numberIn(const QString &text) {
    static const QRegularExpression number(
        QStringLiteral("^(?:≥ )?([0-9]{1,15}(?:\\.[0-9]{1,15})?)(?![0-9.a-z])"));
    const auto match = number.match(text);
    return match.hasMatch() ? std::optional(match.captured(1).toDouble()) : std::nullopt;
}

QString cycleAnchor(const Cycle &cycle) {
    return anchorOf(QStringLiteral("%1.%2").arg(faultOfCycleFile(cycle.source.file)).arg(cycle.number));
}

void writeCycleStrips(HtmlWriter &html, const RunPageContent &content, const QString &id) {
    StripPicture picture;
    picture.text = {
        id, QStringLiteral("Cycles by fault class"),
        QStringLiteral("Grey: kept all that was acknowledged. Red and taller: lost some. Hatched: "
                       "not measured.")};
    for (const CycleFile &file : content.cycles) {
        StripPicture::Row row{file.fault, {}, {}};
        qsizetype kept = 0;
        for (const Cycle &cycle : file.cycles) {
            const CycleOutcome outcome = outcomeOf(cycle);
            kept += outcome == CycleOutcome::Kept ? 1 : 0;
            row.cells.append(outcome == CycleOutcome::Kept   ? Tone::Held
                             : outcome == CycleOutcome::Lost ? Tone::Short
                                                             : Tone::Missing);
        }
        row.text = QStringLiteral("%1 of %2 kept all").arg(kept).arg(file.cycles.size());
        if (!row.cells.isEmpty())
            picture.rows.append(row);
    }
    if (picture.rows.size() > StripPicture::kRows)
        std::stable_partition(picture.rows.begin(), picture.rows.end(),
                              [](const StripPicture::Row &row) { return row.cells.contains(Tone::Short); });
    if (!picture.rows.isEmpty())
        writeStrips(html, picture);
}

void writeCausePicture(HtmlWriter &html, const RunPageContent &content, const Check *check) {
    const bool hasCycles = std::any_of(content.cycles.begin(), content.cycles.end(),
                                       [](const CycleFile &file) { return !file.cycles.isEmpty(); });
    if (hasCycles && (!check || check->id.startsWith(kBound))) {
        if (const CurvePicture curves = boundCurves(content); !curves.curves.isEmpty())
            return writeCurves(html, curves);
    }
    if (check && hasCycles && check->phase == 4)
        return writeCycleStrips(html, content, kPicture);
    if (check && check->phase == 4) {
        if (const BarPicture bars = shareBars(content); isDrawable(bars))
            return writeBars(html, bars);
    }
    const bool isOfWrites = check && (check->id.startsWith(kDelivery) || check->id == kIdentity);
    if (isOfWrites) {
        if (const BarPicture bars = deliveryBars(content); isDrawable(bars))
            return writeBars(html, bars);
    }
    if (check && !check->host.isEmpty() && check->flaw != Check::Flaw::Missing) {
        if (const BarPicture bars = hostBars(content, *check); isDrawable(bars))
            return writeBars(html, bars);
    }
    if (const SlotPicture reports = reportSlots(content); !reports.rows.isEmpty())
        writeSlots(html, reports);
}

} // namespace slipway
