// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cyclefacts.h"

#include "models/cycles/cyclebuilder.h"
#include "models/cycles/faultclass.h"

#include <QJsonArray>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxRows = 1'000'000; // of one cycle
constexpr qsizetype kMaxEffect = 200;

// The numbers of an effect, without what each line has.
QString effectText(const Observation &effect) {
    static const QStringList passedOver{QStringLiteral("t"),     QStringLiteral("up_ms"),
                                        QStringLiteral("obs"),   QStringLiteral("fault"),
                                        QStringLiteral("cycle"), QStringLiteral("node")};
    QStringList parts;
    for (auto it = effect.fields.constBegin(); it != effect.fields.constEnd(); ++it) {
        if (!passedOver.contains(it.key()))
            parts << it.key() + QLatin1Char(' ') + it.value().toVariant().toString();
    }
    return parts.join(QStringLiteral(", ")).left(kMaxEffect);
}

class FactsReader {
public:
    FactsReader(QString fault, int number) : m_fault(std::move(fault)), m_number(number) {}

    void take(const Observation &observation) {
        m_builder.add(observation);
        m_ledger.begin(observation);
        if (observation.kind == QLatin1String("cycle_begin"))
            begin();
        if (observation.text("fault") != m_fault || observation.integer("cycle") != m_number)
            return;
        if (observation.kind == QLatin1String("write")) {
            m_ledger.addWrite(observation);
        } else if (observation.kind == QLatin1String("held")) {
            m_ledger.addHeld(observation);
            for (const QJsonValue row : observation.fields.value(QLatin1String("rows")).toArray()) {
                if (m_rows.size() < kMaxRows)
                    m_rows.insert(row.toString().section(QLatin1Char(' '), 0, 0));
            }
        } else if (observation.kind == QLatin1String("own")) {
            m_ledger.addOwn(observation);
        } else if (observation.kind == QLatin1String("settled")) {
            m_facts.isLate = !observation.flag("complete");
        } else if (observation.kind == QLatin1String("fault")) {
            m_facts.seed = QString::number(observation.integer("seed").value_or(0));
            m_facts.node = observation.text("node");
        } else if (observation.kind == QLatin1String("fault_effect")) {
            m_facts.effect = effectText(observation);
        } else if (observation.kind == QLatin1String("cycle_end")) {
            end();
        }
    }

    [[nodiscard]] const QList<CycleFacts> &found() const { return m_found; }

private:
    void begin() {
        (void)m_builder.takeFinished();
        m_facts = CycleFacts{};
        m_rows.clear();
        m_ledger.clear();
    }

    void end() {
        const QList<Cycle> finished = m_builder.takeFinished();
        if (finished.isEmpty())
            return;
        m_facts.cycle = finished.constLast();
        QSet<QString> acked;
        const auto &acknowledged = m_ledger.acknowledged();
        for (auto write = acknowledged.constBegin(); write != acknowledged.constEnd(); ++write)
            acked.insert(write.key());
        QSet<QString> lost;
        for (const QString &node : survivorsOf(m_fault)) {
            if (const auto holding = m_ledger.holdingOf(node))
                lost.unite(acked - holding->ids);
        }
        m_facts.lost = sorted(lost);
        m_facts.extra = sorted(m_rows - acked);
        m_found.append(m_facts);
    }

    static QStringList sorted(const QSet<QString> &ids) {
        QStringList list(ids.begin(), ids.end());
        list.sort();
        return list;
    }

    QString m_fault;
    int m_number;
    CycleBuilder m_builder;
    WriteLedger m_ledger;
    QSet<QString> m_rows;
    CycleFacts m_facts;
    QList<CycleFacts> m_found;
};

} // namespace

QString cycleResultName(CycleResult result) {
    switch (result) {
    case CycleResult::Lost:
        return QStringLiteral("lost");
    case CycleResult::Late:
        return QStringLiteral("late");
    case CycleResult::Clean:
        return QStringLiteral("clean");
    case CycleResult::NotMeasured:
        break;
    }
    return QStringLiteral("not measured");
}

CycleResult CycleFacts::result() const {
    if (!cycle.converged || !cycle.ok)
        return CycleResult::NotMeasured;
    if (!lost.isEmpty())
        return CycleResult::Lost;
    if (isLate)
        return CycleResult::Late;
    return cycle.struck() ? CycleResult::Clean : CycleResult::NotMeasured;
}

std::optional<qint64> CycleFacts::tookMs() const {
    return cycle.startedAt.isValid() && cycle.endedAt.isValid()
               ? std::optional(cycle.startedAt.msecsTo(cycle.endedAt))
               : std::nullopt;
}

QList<CycleFacts> factsOf(const EvidenceFile &stream, const QString &fault, int number) {
    FactsReader reader(fault, number);
    forEachObservation(stream, [&](const Observation &observation) { reader.take(observation); });
    return reader.found();
}

} // namespace slipway
