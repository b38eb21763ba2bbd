// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/junitreport.h"

#include "models/campaign/publishedchecks.h"
#include "models/core/plaintext.h"
#include "models/evidence/judgementjson.h"
#include "models/evidence/verdictclaim.h"

#include <QXmlStreamWriter>

#include <algorithm>

namespace slipway {

namespace {

// What a test case says when it does not hold.
struct Problem {
    bool isFailure = false; // an error otherwise
    QString type;
    QString message;
    QString details;
};

struct Case {
    QString name;
    std::optional<Problem> problem;
};

struct Suite {
    QString name;
    qint64 milliseconds = 0;
    QList<Case> cases;
};

Case caseOf(const Check &check) {
    Case result{check.id, std::nullopt};
    if (check.outcome == Check::Outcome::Pass)
        return result;
    QString details = QStringLiteral("%1\nexpected: %2\nmeasured: %3")
                          .arg(plainText(check.proves), plainText(check.expected), plainText(check.actual));
    if (check.n)
        details += QStringLiteral("\nn: %1").arg(*check.n);
    if (!check.source.file.isEmpty())
        details += QStringLiteral("\nread from: %1, bytes %2 to %3")
                       .arg(plainText(check.source.file))
                       .arg(check.source.offset)
                       .arg(check.source.offset + check.source.length);
    const bool isFailure = check.outcome == Check::Outcome::Fail;
    result.problem = Problem{isFailure, isFailure ? outcomeName(check.outcome) : flawName(check.flaw),
                             check.reason, details};
    return result;
}

Case verdictCase(const CampaignRecord &record) {
    const QString name = QStringLiteral("verdict");
    if (!record.judgement)
        return {name,
                Problem{true, QStringLiteral("not judged"), QStringLiteral("It was not judged."), QString()}};
    const Judgement &judgement = *record.judgement;
    if (judgement.verdict == Verdict::Proven)
        return {name, std::nullopt};
    const QString verdict = verdictName(judgement.verdict);
    return {name, Problem{true, verdict,
                          withClaim(QStringLiteral("%1: %2").arg(verdict, judgement.reason),
                                    judgement.verdict, judgement.claim),
                          QString()}};
}

// Of a phase; 0: of all of them.
qint64 spanOf(const CampaignRecord &record, int phase) {
    QDateTime from;
    QDateTime to;
    for (const PhaseSpan &span : spansOf(record.phaseRuns)) {
        if (phase != 0 && span.phase != phase)
            continue;
        from = from.isValid() ? std::min(from, span.startedAt) : span.startedAt;
        to = to.isValid() ? std::max(to, span.finishedAt) : span.finishedAt;
    }
    return from.isValid() ? std::max<qint64>(from.msecsTo(to), 0) : 0;
}

QList<Suite> suitesOf(const CampaignRecord &record) {
    QList<Suite> suites;
    suites.append({QStringLiteral("campaign"), spanOf(record, 0), {verdictCase(record)}});
    if (!record.judgement)
        return suites;
    QMap<int, qsizetype> places{{0, 0}};
    for (const Check &check : record.judgement->checks) {
        if (!places.contains(check.phase)) {
            places.insert(check.phase, suites.size());
            suites.append({QStringLiteral("phase %1").arg(check.phase), spanOf(record, check.phase), {}});
        }
        suites[places.value(check.phase)].cases.append(caseOf(check));
    }
    return suites;
}

qsizetype countIn(const Suite &suite, bool failures) {
    return std::count_if(suite.cases.begin(), suite.cases.end(),
                         [&](const Case &c) { return c.problem && c.problem->isFailure == failures; });
}

void writeSuite(QXmlStreamWriter &xml, const QString &id, const Suite &suite) {
    const auto attribute = [&xml](const char *name, const QString &value) {
        xml.writeAttribute(QString::fromLatin1(name), plainText(value));
    };
    xml.writeStartElement(QStringLiteral("testsuite"));
    attribute("name", suite.name);
    attribute("tests", QString::number(suite.cases.size()));
    attribute("failures", QString::number(countIn(suite, true)));
    attribute("errors", QString::number(countIn(suite, false)));
    attribute("skipped", QStringLiteral("0"));
    attribute("time", QString::number(static_cast<double>(suite.milliseconds) / 1000, 'f', 3));
    for (const Case &one : suite.cases) {
        xml.writeStartElement(QStringLiteral("testcase"));
        attribute("classname", QStringLiteral("%1.%2").arg(id, suite.name));
        attribute("name", one.name);
        if (one.problem) {
            xml.writeStartElement(one.problem->isFailure ? QStringLiteral("failure")
                                                         : QStringLiteral("error"));
            attribute("type", one.problem->type);
            attribute("message", one.problem->message);
            xml.writeCharacters(one.problem->details); // its lines are plain
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

} // namespace

QString junitReport(const CampaignRecord &record) {
    QString report;
    QXmlStreamWriter xml(&report);
    xml.setAutoFormatting(true);
    xml.setAutoFormattingIndent(1);
    xml.writeStartDocument();
    xml.writeStartElement(QStringLiteral("testsuites"));
    xml.writeAttribute(QStringLiteral("name"), plainText(record.summary.id));
    for (const Suite &suite : suitesOf(record))
        writeSuite(xml, record.summary.id, suite);
    xml.writeEndElement();
    xml.writeEndDocument();
    return report;
}

} // namespace slipway
