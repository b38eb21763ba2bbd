// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wholenumber.h"
#include "models/evidence/curatorerrors.h"
#include "models/evidence/rules.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace slipway::rules {

namespace {

// A curator that looked at nothing meets no error either. Reports that do not say are left as they are.
void judgeScan(const Report &report, const QString &node, Checks &checks) {
    const Number scanned = report.count(QStringLiteral("curator.memories_scanned"));
    if (!scanned.present)
        return;
    checks.compare(QStringLiteral("phase1.curator_scanned"), node,
                   QStringLiteral("The curator's dry run looked at what was stored."), QStringLiteral("≥ 1"),
                   scanned, scanned.value >= 1.0,
                   QStringLiteral("%1: the curator looked at %2 memories").arg(node, scanned.text));
}

void judgeSnapshot(const Report &report, const QString &node, const Expectation &expectation,
                   Checks &checks) {
    const QString key = QStringLiteral("snapshot_hash_matches");
    const QJsonValue matches = report.value(key);
    if (!matches.isBool() && !expectation.byIdentity)
        return;
    Check &hash =
        checks.add(QStringLiteral("phase1.snapshot_hash"), node,
                   QStringLiteral("The snapshot is what its manifest says."), QStringLiteral("true"));
    hash.source = report.rangeOf(key);
    if (!matches.isBool())
        Checks::unknown(
            hash, Check::Flaw::Unsupported, QStringLiteral("not there"),
            QStringLiteral("%1: the snapshot was counted, not compared with its manifest").arg(node));
    else if (matches.toBool())
        Checks::pass(hash, QStringLiteral("true"));
    else
        Checks::fail(hash, QStringLiteral("false"),
                     QStringLiteral("%1: the snapshot's SHA-256 is not the manifest's").arg(node));
}

// The same memories counted by tier must give the same total.
void judgeTiers(const Report &report, const QString &node, Checks &checks) {
    const Number total = report.count(QStringLiteral("stats.total"));
    const QJsonValue tiers = report.value(QStringLiteral("stats.by_tier"));
    if (!tiers.isArray() || !total.value)
        return;
    double sum = 0;
    bool areCounts = true;
    for (const QJsonValue tier : tiers.toArray()) {
        const auto count = wholeNumber(tier.toObject().value(QLatin1String("count")));
        areCounts = areCounts && count && *count >= 0;
        sum += static_cast<double>(count.value_or(0));
    }
    Check &check = checks.add(QStringLiteral("phase1.tiers"), node,
                              QStringLiteral("Statistics by tier add up to the total."), total.text);
    check.source = report.rangeOf(QStringLiteral("stats.by_tier"));
    const QString actual = QString::number(sum, 'g', 15);
    if (areCounts && sum == *total.value)
        Checks::pass(check, actual);
    else
        Checks::unknown(
            check, Check::Flaw::Invalid, actual,
            QStringLiteral("%1: the tiers hold %2, the total is %3").arg(node, actual, total.text));
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

    const auto atLeast = [&](const QString &id, const QString &path, const QString &proves, double min) {
        const Number number = report.count(path);
        checks.compare(
            id, node, proves, QStringLiteral("≥ %1").arg(min), number, number.value >= min,
            QStringLiteral("%1: %2 is %3, at least %4 is needed").arg(node, path, number.text).arg(min));
    };
    const auto exactlyOne = [&](const QString &id, const QString &path, const QString &proves) {
        const Number number = report.count(path);
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
    else if (const qint64 serious = seriousErrors(errors.toArray()); serious == 0)
        Checks::pass(curator, QStringLiteral("0"));
    else
        Checks::fail(curator, QString::number(serious),
                     QStringLiteral("%1: the curator reports %2 errors").arg(node).arg(serious));

    judgeScan(report, node, checks);
    judgeSnapshot(report, node, expectation, checks);
    judgeTiers(report, node, checks);
}

struct Server {
    QString version;
    QString sha256;

    friend bool operator==(const Server &, const Server &) = default;
};

// All nodes run one server; two in one gate judge neither.
void judgeServers(const QList<Server> &servers, Checks &checks) {
    if (servers.isEmpty())
        return;
    Check &check =
        checks.add(QStringLiteral("phase1.one_server"), QString(),
                   QStringLiteral("Every node runs the same server."), QStringLiteral("one server"));
    check.n = servers.size();
    const Server &first = servers.constFirst();
    if (servers.count(first) != servers.size())
        Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("several"),
                        QStringLiteral("the nodes do not run the same server"));
    else if (first.version.isEmpty() && first.sha256.isEmpty())
        Checks::unknown(check, Check::Flaw::Unsupported, QStringLiteral("not there"),
                        QStringLiteral("no node says which server it runs"));
    else
        Checks::pass(check, first.version.isEmpty() ? first.sha256 : first.version);
}

// The nodes that must report, and those that did though nobody asked.
QStringList nodesOf(const QList<EvidenceFile> &files, const QStringList &peers) {
    static const QRegularExpression name(QStringLiteral("^phase1-(.+)\\.json$"));
    QStringList nodes = peers;
    for (const EvidenceFile &file : files) {
        if (const auto match = name.match(file.name); match.hasMatch() && !nodes.contains(match.captured(1)))
            nodes << match.captured(1);
    }
    return nodes;
}

} // namespace

void judgeFunctional(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks) {
    Checks list(checks, 1);
    QList<Server> servers;
    for (const QString &node : nodesOf(files, expectation.peers)) {
        const Report report(files, QStringLiteral("phase1-%1.json").arg(node));
        if (!list.readable(report, node))
            continue;
        const qsizetype first = list.size();
        list.original(report, node);
        judgeNode(report, node, expectation, list);
        list.claim(report, node, first);
        servers.append(
            {report.text(QStringLiteral("version")), report.text(QStringLiteral("server_sha256"))});
    }
    judgeServers(servers, list);
}

} // namespace slipway::rules
