// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules.h"

#include <QJsonDocument>
#include <QJsonParseError>

#include <algorithm>
#include <array>
#include <cmath>

namespace slipway::rules {

namespace {

constexpr qsizetype kReportLimit = 16 * 1024 * 1024;

} // namespace

Report::Report(const QList<EvidenceFile> &files, QString name) : m_name(std::move(name)) {
    const auto file =
        std::find_if(files.begin(), files.end(), [this](const EvidenceFile &f) { return f.name == m_name; });
    if (file == files.end()) {
        m_problem = QStringLiteral("%1 is not there").arg(m_name);
        return;
    }
    m_present = true;
    m_bytes = file->bytes;
    if (m_bytes.trimmed().isEmpty()) {
        m_problem = QStringLiteral("%1 is empty").arg(m_name);
        return;
    }
    if (m_bytes.size() > kReportLimit) {
        m_problem =
            QStringLiteral("%1 has %2 bytes, more than a report may have").arg(m_name).arg(m_bytes.size());
        return;
    }
    QJsonParseError parse{};
    const QJsonDocument document = QJsonDocument::fromJson(m_bytes, &parse);
    if (document.isObject())
        m_object = document.object();
    else
        m_problem = QStringLiteral("%1 is no JSON object: it begins with \"%2\"")
                        .arg(m_name, QString::fromUtf8(m_bytes.left(40)).simplified());
}

QJsonValue Report::value(const QString &path) const {
    QJsonValue value(m_object);
    for (const QString &key : path.split(QLatin1Char('.')))
        value = value.toObject().value(key);
    return value;
}

SourceRange Report::rangeOf(const QString &path) const {
    // From key to key inwards; reports are small and their keys are distinct on the way.
    qsizetype at = 0;
    QByteArray quotedKey;
    for (const QString &key : path.split(QLatin1Char('.'))) {
        quotedKey = '"' + key.toUtf8() + '"';
        const qsizetype found = m_bytes.indexOf(quotedKey, at);
        if (found < 0)
            return {m_name, 0, m_bytes.size()};
        at = found;
    }
    qsizetype end = at + quotedKey.size();
    while (end < m_bytes.size() && m_bytes.at(end) != ',' && m_bytes.at(end) != '\n' &&
           m_bytes.at(end) != '}')
        ++end;
    return {m_name, at, end - at};
}

QString Report::text(const QString &path) const {
    const QJsonValue found = value(path);
    return found.isDouble() ? QString::number(found.toDouble(), 'g', 15) : found.toString();
}

Number Report::number(const QString &path) const {
    const QJsonValue found = value(path);
    Number number;
    number.path = path;
    number.present = !found.isUndefined() && !found.isNull();
    number.text = number.present ? text(path) : QStringLiteral("not there");
    number.source = rangeOf(path);
    bool isNumber = found.isDouble();
    const double parsed = isNumber ? found.toDouble() : found.toString().toDouble(&isNumber);
    if (isNumber && std::isfinite(parsed) && parsed >= 0)
        number.value = parsed;
    return number;
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

bool Checks::readable(const Report &report, const QString &host) {
    Check &check =
        add(QStringLiteral("phase%1.report").arg(m_phase), host,
            QStringLiteral("The phase left a report that can be read."), QStringLiteral("a JSON object"));
    check.source = {report.name(), 0, report.bytes().size()};
    if (report.problem().isEmpty()) {
        pass(check, QStringLiteral("%1 bytes").arg(report.bytes().size()));
        return true;
    }
    unknown(check, report.present() ? Check::Flaw::Invalid : Check::Flaw::Missing,
            report.present() ? QStringLiteral("%1 bytes").arg(report.bytes().size())
                             : QStringLiteral("no file"),
            report.problem());
    return false;
}

void Checks::claim(const Report &report, const QString &host, qsizetype first) {
    Check &check = add(QStringLiteral("phase%1.claim").arg(m_phase), host,
                       QStringLiteral("The report claims what its own numbers say."), QString());
    check.source = report.rangeOf(QStringLiteral("pass"));
    bool holds = true;
    for (qsizetype i = first; i < m_checks.size() - 1; ++i) {
        const Check &other = m_checks.at(i);
        holds = holds && (other.outcome == Check::Outcome::Pass || other.flaw == Check::Flaw::Unsupported);
    }
    check.expected = holds ? QStringLiteral("pass: true") : QStringLiteral("pass: false");
    const QJsonValue claimed = report.value(QStringLiteral("pass"));
    const QString actual = claimed.isBool()
                               ? QStringLiteral("pass: %1")
                                     .arg(claimed.toBool() ? QStringLiteral("true") : QStringLiteral("false"))
                               : QStringLiteral("no claim");
    if (claimed.isBool() && claimed.toBool() == holds)
        pass(check, actual);
    else
        unknown(check, Check::Flaw::Invalid, actual,
                claimed.isBool()
                    ? QStringLiteral("%1 claims %2, its numbers say otherwise").arg(report.name(), actual)
                    : QStringLiteral("%1 does not say whether it passed").arg(report.name()));
}

Check &Checks::compare(const QString &id, const QString &host, const QString &proves, const QString &expected,
                       const Number &number, bool holds, const QString &reason) {
    Check &check = add(id, host, proves, expected);
    check.source = number.source;
    if (!number.value)
        unknown(check, Check::Flaw::Invalid, number.text,
                number.present ? QStringLiteral("%1 is no number: %2").arg(number.path, number.text)
                               : QStringLiteral("the report does not say %1").arg(number.path));
    else if (holds)
        pass(check, number.text);
    else
        fail(check, number.text, reason);
    return check;
}

std::optional<qint64> ceilingOf(double count) {
    for (const qint64 ceiling : {20, 50, 100, 200, 1000}) {
        if (std::abs(count - static_cast<double>(ceiling)) < 1e-9)
            return ceiling;
    }
    return std::nullopt;
}

} // namespace slipway::rules
