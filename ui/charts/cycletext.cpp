// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/cycletext.h"

#include <QCoreApplication>
#include <QToolTip>
#include <QWidget>

#include <cmath>

namespace slipway {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("CycleText", text);
}

QString number(const std::optional<qint64> &value) {
    return value ? QString::number(*value) : QStringLiteral("–");
}

QString milliseconds(qint64 us) {
    return QString::number(static_cast<double>(us) / 1000, 'f', us < 10'000 ? 1 : 0);
}

} // namespace

QString shareText(qint32 share) {
    return QString::number(std::floor(share / 1e5) / 1e4);
}

QString cycleText(const CycleSeries &series, qsizetype index) {
    const auto acked = series.value(Measure::Acked, index);
    const auto converged = series.writesOf(Measure::ConvergedShare, index);
    const auto rows = series.writesOf(Measure::RowShare, index);
    QString text = series.fault() + QStringLiteral(": ");
    if (converged)
        text += tr("%1 of %2 converged, %3 durable")
                    .arg(*converged)
                    .arg(*acked)
                    .arg(number(series.writesOf(Measure::DurableShare, index)));
    else if (rows)
        text += tr("%1 of %2 rows by count, not compared by identity").arg(*rows).arg(*acked);
    else
        text += tr("convergence not measured");
    text += tr(" · %1 × 201, %2 × 503, %3 failed")
                .arg(number(acked), number(series.value(Measure::QuorumNotMet, index)),
                     number(series.value(Measure::Failed, index)));
    const auto p50 = series.value(Measure::LatencyP50, index);
    const auto p99 = series.value(Measure::LatencyP99, index);
    if (p50 && p99)
        text +=
            tr(" · p50 %1 ms, p99 %2 ms, n = %3").arg(milliseconds(*p50), milliseconds(*p99), number(acked));
    return text;
}

QString cycleText(const CycleData &data, int number) {
    QString text = tr("cycle %1").arg(number);
    for (const CycleSeries &series : data.classes()) {
        const qsizetype index = series.indexFrom(number);
        if (index < series.size() && series.number(index) == number)
            text += QLatin1Char('\n') + cycleText(series, index);
    }
    return text;
}

void showHint(const QPoint &globalPosition, const QString &text, QWidget &widget) {
    // Given as markup with everything escaped, so that a name from outside is not taken for markup.
    QToolTip::showText(globalPosition,
                       text.isEmpty()
                           ? QString()
                           : QStringLiteral("<p style='white-space:pre'>%1</p>").arg(text.toHtmlEscaped()),
                       &widget);
}

} // namespace slipway
