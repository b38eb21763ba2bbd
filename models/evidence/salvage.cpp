// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/salvage.h"

#include "models/core/wholenumber.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace slipway {

namespace {

constexpr qsizetype kLine = 4096; // a longer one is none of the harness's
constexpr qsizetype kFaults = 64;
constexpr qsizetype kSummary = qsizetype(64) * 1024; // the embedded one has six lines

class LogReader {
public:
    void takeLine(const QByteArray &line, qsizetype offset) {
        readLine(line, offset);
        if (!m_faults.isEmpty())
            m_faults.last().range.length = offset + line.size() - m_faults.last().range.offset;
    }

    [[nodiscard]] QList<SalvagedFault> faults() const { return m_faults; }

private:
    void readLine(const QByteArray &line, qsizetype offset) {
        static const QRegularExpression campaign(
            QStringLiteral("^\\[chaos\\] chaos campaign: fault=(\\S+)(?: cycles=(\\d{1,9}))?"));
        static const QRegularExpression ready(QStringLiteral("^\\[chaos\\] cycle \\d+: nodes ready"));
        const QString text = QString::fromUtf8(line.left(kLine));
        if (takeSummaryLine(line))
            return;
        if (const auto match = campaign.match(text); match.hasMatch()) {
            begin(match.captured(1), offset);
            if (!match.captured(2).isEmpty())
                m_faults.last().cyclesPlanned = match.captured(2).toLongLong();
        } else if (ready.match(text).hasMatch()) {
            if (m_faults.isEmpty())
                begin({}, offset);
            ++m_faults.last().cyclesBegun;
        } else if (!m_faults.isEmpty() && text.startsWith(QLatin1String("[chaos] FATAL"))) {
            m_faults.last().fatal = text.mid(8).trimmed().left(120);
        }
    }

    void begin(const QString &fault, qsizetype offset) {
        if (m_faults.size() == kFaults)
            return;
        m_faults.append(SalvagedFault{});
        m_faults.last().fault = fault.left(64);
        m_faults.last().range.offset = offset;
    }

    // The harness prints its summary over several lines, from "{" to "}".
    bool takeSummaryLine(const QByteArray &line) {
        if (m_faults.isEmpty() || (m_summary.isEmpty() && line.trimmed() != "{"))
            return false;
        m_summary += line;
        if (line.trimmed() == "}") {
            const QJsonObject summary = QJsonDocument::fromJson(m_summary).object();
            const auto count = [&](const char *key) -> std::optional<qint64> {
                return countOf(summary.value(QLatin1String(key)));
            };
            m_faults.last().writes = count("total_writes");
            m_faults.last().acknowledged = count("total_ok");
            if (const QJsonValue bound = summary.value(QLatin1String("convergence_bound")); bound.isDouble())
                m_faults.last().bound = bound.toDouble();
            m_summary.clear();
        } else if (m_summary.size() > kSummary) {
            m_summary.clear();
        }
        return true;
    }

    QList<SalvagedFault> m_faults;
    QByteArray m_summary;
};

} // namespace

QList<SalvagedFault> salvageLog(const QByteArray &bytes) {
    LogReader reader;
    for (qsizetype from = 0; from < bytes.size();) {
        const qsizetype end = bytes.indexOf('\n', from);
        const qsizetype next = end < 0 ? bytes.size() : end + 1;
        reader.takeLine(bytes.mid(from, next - from), from);
        from = next;
    }
    return reader.faults();
}

} // namespace slipway
