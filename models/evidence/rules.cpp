// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules.h"

#include "models/core/wholenumber.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonParseError>

#include <algorithm>
#include <cmath>

namespace slipway::rules {

namespace {

constexpr qsizetype kLine = 120;

QStringList reasonsOf(const Report &report) {
    QStringList reasons;
    for (const QJsonValue reason : report.value(QStringLiteral("reasons")).toArray()) {
        // [""] is how the field writes that there is none.
        if (const QString text = reason.toString().trimmed(); !text.isEmpty())
            reasons << clipped(text);
    }
    return reasons;
}

// Paths have two keys at most: what follows the first dot is one key, dots and all.
QStringList keysOf(const QString &path) {
    const qsizetype dot = path.indexOf(QLatin1Char('.'));
    return dot < 0 ? QStringList{path} : QStringList{path.left(dot), path.mid(dot + 1)};
}

} // namespace

QString clipped(const QString &text) {
    const QString line = text.left(kLine * 2).simplified();
    return line.size() <= kLine ? line : line.left(kLine) + QChar(u'…');
}

Report::Report(const QList<EvidenceFile> &files, QString name) : m_name(std::move(name)) {
    const auto file =
        std::find_if(files.begin(), files.end(), [this](const EvidenceFile &f) { return f.name == m_name; });
    if (file == files.end()) {
        m_problem = QStringLiteral("%1 is not there").arg(m_name);
        return;
    }
    m_present = true;
    m_bytes = file->bytes;
    if (!file->problem.isEmpty()) {
        m_problem = QStringLiteral("%1 cannot be read: %2").arg(m_name, clipped(file->problem));
        return;
    }
    if (m_bytes.size() > kReportLimit) {
        m_problem = QStringLiteral("%1 is larger than the %2 MiB that a report may have")
                        .arg(m_name)
                        .arg(kReportLimit >> 20);
        return;
    }
    m_blank = m_bytes.trimmed().isEmpty();
    if (m_blank) {
        m_problem = QStringLiteral("%1 is empty").arg(m_name);
        return;
    }
    QJsonParseError parse{};
    const QJsonDocument document = QJsonDocument::fromJson(m_bytes, &parse);
    if (!document.isObject()) {
        m_problem = QStringLiteral("%1 is not a JSON object: it begins with \"%2\"")
                        .arg(m_name, QString::fromUtf8(m_bytes.left(40)).simplified());
        return;
    }
    m_index.emplace(m_bytes);
    if (m_index->doubledKey())
        m_problem = QStringLiteral("%1 says \"%2\" twice in one place, so it says neither")
                        .arg(m_name, clipped(*m_index->doubledKey()));
    else
        m_object = document.object();
}

QJsonValue Report::value(const QString &path) const {
    QJsonValue value(m_object);
    for (const QString &key : keysOf(path))
        value = value.toObject().value(key);
    return value;
}

SourceRange Report::rangeOf(const QString &path) const {
    const auto range = m_index ? m_index->rangeOf(keysOf(path)) : std::nullopt;
    return range ? SourceRange{m_name, range->offset, range->length} : SourceRange{m_name, 0, m_bytes.size()};
}

QString Report::text(const QString &path) const {
    const QJsonValue found = value(path);
    if (found.isBool())
        return found.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    return found.isDouble() ? QString::number(found.toDouble(), 'g', 15) : clipped(found.toString());
}

Number Report::found(const QString &path) const {
    const QJsonValue there = value(path);
    Number number;
    number.path = path;
    number.present = !there.isUndefined() && !there.isNull();
    number.text = number.present ? text(path) : QStringLiteral("not there");
    number.source = rangeOf(path);
    return number;
}

Number Report::ratio(const QString &path) const {
    Number number = found(path);
    const QJsonValue there = value(path);
    bool isNumber = there.isDouble();
    const double parsed = isNumber ? there.toDouble() : there.toString().toDouble(&isNumber);
    if (isNumber && std::isfinite(parsed) && parsed >= 0)
        number.value = parsed;
    return number;
}

Number Report::count(const QString &path) const {
    Number number = found(path);
    if (const auto whole = countOf(value(path)))
        number.value = static_cast<double>(*whole);
    return number;
}

Number Report::share(const QString &path) const {
    Number found = ratio(path);
    if (found.value && *found.value > 1)
        found.value.reset();
    return found;
}

Check &Checks::add(const QString &id, const QString &host, const QString &proves, const QString &expected) {
    Check check;
    check.id = host.isEmpty() ? id : id + QLatin1Char('.') + host;
    check.phase = m_phase;
    check.host = host;
    check.proves = proves;
    check.expected = expected;
    m_checks.append(check);
    return m_checks.last();
}

void Checks::pass(Check &check, const QString &actual) {
    check.outcome = Check::Outcome::Pass;
    check.actual = actual;
}

void Checks::fail(Check &check, const QString &actual, const QString &reason) {
    check.outcome = Check::Outcome::Fail;
    check.actual = actual;
    check.reason = reason;
}

void Checks::unknown(Check &check, Check::Flaw flaw, const QString &actual, const QString &reason) {
    check.outcome = Check::Outcome::Unknown;
    check.flaw = flaw;
    check.actual = actual;
    check.reason = reason;
}

bool Checks::readable(const Report &report, const QString &host, Check::Flaw worth) {
    Check &check =
        add(QStringLiteral("phase%1.report").arg(m_phase), host,
            QStringLiteral("The phase left a report that can be read."), QStringLiteral("a JSON object"));
    check.source = {report.name(), 0, report.bytes().size()};
    const QString size = QStringLiteral("%1 bytes").arg(report.bytes().size());
    if (report.readable())
        pass(check, size);
    else if (!report.present())
        unknown(check, worth == Check::Flaw::Invalid ? Check::Flaw::Missing : worth,
                QStringLiteral("no file"), report.problem());
    else
        unknown(check, worth, report.blank() ? kBlank : size, report.problem());
    return report.readable();
}

void Checks::original(const Report &report, const QString &host) {
    const Number phase = report.count(QStringLiteral("phase"));
    Check &own = add(QStringLiteral("phase%1.phase").arg(m_phase), host,
                     QStringLiteral("The report is this phase's own."), QString::number(m_phase));
    own.source = phase.source;
    if (phase.value == static_cast<double>(m_phase))
        pass(own, phase.text);
    else
        unknown(own, phase.present ? Check::Flaw::Invalid : Check::Flaw::Unsupported, phase.text,
                phase.present ? QStringLiteral("%1 is the report of phase %2").arg(report.name(), phase.text)
                              : QStringLiteral("%1 does not say which phase it is of").arg(report.name()));

    const QString key = QStringLiteral("_reconstructed_from");
    if (!report.object().contains(key))
        return;
    Check &original =
        add(QStringLiteral("phase%1.original").arg(m_phase), host,
            QStringLiteral("The report is the one that was written then."), QStringLiteral("as written"));
    original.source = report.rangeOf(key);
    unknown(original, Check::Flaw::Unsupported, QStringLiteral("pieced together afterwards"),
            QStringLiteral("%1 was pieced together afterwards from %2").arg(report.name(), report.text(key)));
}

void noEvidence(Check &check, bool isAskedFor, const QString &reason) {
    Checks::unknown(check, isAskedFor ? Check::Flaw::Missing : Check::Flaw::Unsupported, kNoEvidence, reason);
}

void Checks::claim(const Report &report, const QString &host, qsizetype first) {
    Check &check = add(QStringLiteral("phase%1.claim").arg(m_phase), host,
                       QStringLiteral("The report claims what its own numbers say."), QString());
    check.source = report.rangeOf(QStringLiteral("pass"));
    QString against;
    bool mayClaim =
        true; // a class that nothing was measured of is claimed, and no more; nothing contradicts it
    for (qsizetype i = first; i < m_checks.size() - 1 && mayClaim; ++i) {
        const Check &other = m_checks.at(i);
        if (other.outcome == Check::Outcome::Pass || other.flaw == Check::Flaw::Unsupported)
            continue;
        mayClaim = other.actual == kNoEvidence;
        if (against.isEmpty() || !mayClaim)
            against = other.reason;
    }
    const QStringList reasons = reasonsOf(report);
    check.expected = mayClaim ? QStringLiteral("pass: true") : QStringLiteral("pass: false");
    const QJsonValue claimed = report.value(QStringLiteral("pass"));
    const QString actual = claimed.isBool() ? QStringLiteral("pass: ") + report.text(QStringLiteral("pass"))
                                            : QStringLiteral("no claim");
    if (!claimed.isBool())
        unknown(check, Check::Flaw::Invalid, actual,
                QStringLiteral("%1 does not say whether it passed").arg(report.name()));
    else if (claimed.toBool() && !mayClaim)
        unknown(check, Check::Flaw::Invalid, actual,
                QStringLiteral("%1 claims a pass, but %2").arg(report.name(), against));
    else if (claimed.toBool() && !reasons.isEmpty())
        unknown(check, Check::Flaw::Invalid, actual,
                QStringLiteral("%1 claims a pass and gives a reason against it: %2")
                    .arg(report.name(), reasons.constFirst()));
    else if (!claimed.toBool() && against.isEmpty())
        unknown(check, Check::Flaw::Invalid, actual,
                QStringLiteral("%1 claims a fail, its numbers say otherwise%2")
                    .arg(report.name(),
                         reasons.isEmpty() ? QString() : QStringLiteral(": ") + reasons.constFirst()));
    else
        pass(check, actual);
}

Check &Checks::compare(const QString &id, const QString &host, const QString &proves, const QString &expected,
                       const Number &number, bool holds, const QString &reason) {
    Check &check = add(id, host, proves, expected);
    check.source = number.source;
    if (!number.value)
        unknown(check, Check::Flaw::Invalid, number.text,
                number.present ? QStringLiteral("%1 is not a count: %2").arg(number.path, number.text)
                               : QStringLiteral("the report does not say %1").arg(number.path));
    else if (holds)
        pass(check, number.text);
    else
        fail(check, number.text, reason);
    return check;
}

} // namespace slipway::rules
