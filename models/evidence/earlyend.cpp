// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/earlyend.h"

namespace slipway {

bool mayEndEarly(const QMap<QString, QString> &parameters) {
    return parameters.value(QStringLiteral("stop_early")) == QLatin1String("1");
}

EarlyEnd::EarlyEnd(const QMap<QString, QString> &parameters)
    : m_allowed(mayEndEarly(parameters)),
      m_claim(parameters.value(QStringLiteral("convergence_min")).toDouble()) {
    const QStringList faults =
        parameters.value(QStringLiteral("faults")).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_planned = QSet<QString>(faults.begin(), faults.end());
}

QStringList EarlyEnd::add(const QList<Cycle> &cycles) {
    QStringList decided;
    if (!m_allowed)
        return decided;
    for (const Cycle &cycle : cycles) {
        if (!m_planned.contains(cycle.fault)) // what a host names is not believed
            continue;
        ConvergenceBound &bound = m_bounds[cycle.fault];
        if (cycle.struck())
            bound.add(cycle.converged.value_or(0), cycle.ok.value_or(0));
        decided.removeOne(cycle.fault);
        if (bound.decides(m_claim))
            decided << cycle.fault;
    }
    return decided;
}

} // namespace slipway
