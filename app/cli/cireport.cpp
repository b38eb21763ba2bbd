// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/cireport.h"

#include "app/cli/command.h"
#include "app/core/outputfile.h"
#include "models/campaign/annotations.h"
#include "models/campaign/junitreport.h"
#include "models/campaign/stepsummary.h"
#include "models/redaction/redaction.h"

#include <QCommandLineParser>
#include <QFileInfo>

namespace slipway::cli {

namespace {

Result<void> canAppend(const QString &path) {
    const bool wasThere = QFileInfo::exists(path);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append))
        return unwritable(file);
    if (!wasThere)
        file.remove();
    return {};
}

} // namespace

Result<CiReport> CiReport::fromOptions(const QCommandLineParser &parser) {
    CiReport report;
    report.m_junit = parser.value(QStringLiteral("junit"));
    report.m_summary = parser.value(QStringLiteral("summary"));
    const QString kind = parser.value(QStringLiteral("annotations"));
    if (!kind.isEmpty() && kind != QLatin1String("github"))
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("--annotations knows github, not \"%1\"").arg(kind)};
    report.m_annotations = !kind.isEmpty();
    for (const QString &path : {report.m_junit, report.m_summary}) {
        if (const auto possible = path.isEmpty() ? Result<void>() : canAppend(path); !possible)
            return possible.error();
    }
    return report;
}

Result<void> CiReport::write(const CampaignRecord &record) const {
    if (!m_junit.isEmpty()) {
        const auto text = maskedText(junitReport(record), {});
        if (!text)
            return text.error();
        if (const auto written = writeFile(m_junit, text->toUtf8(), {.mayBeInPlace = true}); !written)
            return written;
    }
    if (!m_summary.isEmpty()) {
        const auto text = maskedText(stepSummary(record), {});
        if (!text)
            return text.error();
        if (const auto written = appendToFile(m_summary, text->toUtf8()); !written)
            return written;
    }
    if (m_annotations) {
        for (const QString &line : githubAnnotations(record)) {
            const auto text = maskedText(line, {});
            if (!text)
                return text.error();
            printNote(*text);
        }
    }
    return {};
}

} // namespace slipway::cli
