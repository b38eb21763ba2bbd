// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules.h"

#include <QJsonArray>
#include <QMap>

#include <algorithm>

namespace slipway::rules {

namespace {

// "no LLM client configured" is how a curator without a language model says so; the gate accepts it.
int seriousErrors(const QJsonArray &errors) {
    return static_cast<int>(std::count_if(errors.begin(), errors.end(), [](const QJsonValue &error) {
        return !error.toString().contains(QLatin1String("no LLM client configured"));
    }));
}

void judgeNode(const Report &report, const QString &node, const Expectation &expectation, Checks &checks) {
    Check &host = checks.add(QStringLiteral("phase1.host"), node,
                             QStringLiteral("The report is this node's own."), node);
    host.source = report.rangeOf(QStringLiteral("host"));
    const QString named = report.text(QStringLiteral("host"));
    if (named == node || named.endsWith(QLatin1Char('-') + node))
        Checks::pass(host, named);
    else
        Checks::unknown(host, Check::Flaw::Invalid, named,
                        QStringLiteral("%1 is the report of \"%2\"").arg(report.name(), named));

    const auto atLeast = [&](const QString &id, const QString &path, const QString &proves, double least) {
        const Number number = report.number(path);
        checks.compare(
            id, node, proves, QStringLiteral("≥ %1").arg(least), number, number.value >= least,
            QStringLiteral("%1: %2 is %3, at least %4 is needed").arg(node, path, number.text).arg(least));
    };
    const auto exactlyOne = [&](const QString &id, const QString &path, const QString &proves) {
        const Number number = report.number(path);
        checks.compare(id, node, proves, QStringLiteral("1"), number, number.value == 1.0,
                       QStringLiteral("%1: %2 is %3, not 1").arg(node, path, number.text));
    };
    atLeast(QStringLiteral("phase1.recall"), QStringLiteral("recall_count"),
            QStringLiteral("What was stored is found again."), 1);
    atLeast(QStringLiteral("phase1.stats"), QStringLiteral("stats.total"),
            QStringLiteral("Statistics count what was stored."), 1);
    exactlyOne(QStringLiteral("phase1.snapshot"), QStringLiteral("snapshot_count"),
               QStringLiteral("A backup leaves one snapshot."));
    exactlyOne(QStringLiteral("phase1.manifest"), QStringLiteral("manifest_count"),
               QStringLiteral("A backup leaves one manifest."));
    atLeast(QStringLiteral("phase1.mcp"), QStringLiteral("mcp_tool_count"),
            QStringLiteral("The server offers its tools over MCP."),
            static_cast<double>(expectation.mcpMinTools));

    Check &curator =
        checks.add(QStringLiteral("phase1.curator"), node,
                   QStringLiteral("The curator's dry run meets no error."), QStringLiteral("0 errors"));
    curator.source = report.rangeOf(QStringLiteral("curator.errors"));
    const QJsonValue errors = report.value(QStringLiteral("curator.errors"));
    if (!errors.isArray())
        Checks::unknown(curator, Check::Flaw::Invalid, QStringLiteral("not there"),
                        QStringLiteral("%1: the curator's errors are not there").arg(node));
    else if (const int serious = seriousErrors(errors.toArray()); serious == 0)
        Checks::pass(curator, QStringLiteral("0"));
    else
        Checks::fail(curator, QString::number(serious),
                     QStringLiteral("%1: the curator reports %2 errors").arg(node).arg(serious));

    if (report.value(QStringLiteral("snapshot_hash_matches")).isBool()) {
        Check &hash =
            checks.add(QStringLiteral("phase1.snapshot_hash"), node,
                       QStringLiteral("The snapshot is what its manifest says."), QStringLiteral("true"));
        hash.source = report.rangeOf(QStringLiteral("snapshot_hash_matches"));
        if (report.value(QStringLiteral("snapshot_hash_matches")).toBool())
            Checks::pass(hash, QStringLiteral("true"));
        else
            Checks::fail(hash, QStringLiteral("false"),
                         QStringLiteral("%1: the snapshot's SHA-256 is not the manifest's").arg(node));
    }
}

// All nodes run one server; two versions in one gate judge neither.
void judgeVersions(const QMap<QString, QString> &versions, Checks &checks) {
    if (versions.size() < 2)
        return;
    Check &check =
        checks.add(QStringLiteral("phase1.one_server"), QString(),
                   QStringLiteral("Every node runs the same server."), QStringLiteral("one version"));
    QStringList distinct = versions.values();
    distinct.removeDuplicates();
    if (distinct.size() == 1)
        Checks::pass(check, distinct.constFirst().section(QLatin1Char('|'), 0, 0));
    else
        Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("%1 versions").arg(distinct.size()),
                        QStringLiteral("the nodes do not run the same server"));
}

} // namespace

void judgeFunctional(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks) {
    Checks list(checks, 1);
    QMap<QString, QString> versions;
    for (const QString &node : expectation.peers) {
        const Report report(files, QStringLiteral("phase1-%1.json").arg(node));
        if (!list.readable(report, node))
            continue;
        const qsizetype first = list.size();
        judgeNode(report, node, expectation, list);
        list.claim(report, node, first);
        versions.insert(node, report.text(QStringLiteral("version")) + QLatin1Char('|') +
                                  report.text(QStringLiteral("server_sha256")));
    }
    judgeVersions(versions, list);
}

} // namespace slipway::rules
