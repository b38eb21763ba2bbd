// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/judge.h"
#include "models/evidence/manifest.h"
#include "models/observation/evidencefile.h"
#include "models/observation/jsonranges.h"

#include <QJsonObject>

#include <optional>

// What the rules of the phases share. Each rule states what it proves, what it expected and what it found,
// and where.
namespace slipway::rules {

/// A number read from a report, with what stands there and where.
struct Number {
    std::optional<double> value; ///< absent: not there, or not what was asked for
    bool present = false;
    QString path; ///< "stats.total"
    QString text; ///< what stands there, cut to a line's length
    SourceRange source;
};

/// A report as it was published. `problem` says why it cannot be read; then no field is.
class Report {
public:
    Report(const QList<EvidenceFile> &files, QString name);

    [[nodiscard]] bool present() const { return m_present; }
    [[nodiscard]] bool readable() const { return m_problem.isEmpty(); }
    [[nodiscard]] bool blank() const { return m_blank; }
    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const QJsonObject &object() const { return m_object; }
    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

    /// A whole number from 0 up, as countOf() reads it. "stats.total" reads into objects.
    [[nodiscard]] Number count(const QString &path) const;
    /// A number from 0 up; numbers written as strings are numbers.
    [[nodiscard]] Number ratio(const QString &path) const;
    /// A number from 0 to 1.
    [[nodiscard]] Number share(const QString &path) const;
    [[nodiscard]] QString text(const QString &path) const;
    [[nodiscard]] QJsonValue value(const QString &path) const;
    [[nodiscard]] SourceRange rangeOf(const QString &path) const;

private:
    [[nodiscard]] Number found(const QString &path) const;

    QString m_name;
    QByteArray m_bytes;
    std::optional<JsonIndex> m_index;
    QJsonObject m_object;
    QString m_problem;
    bool m_present = false;
    bool m_blank = false;
};

class Checks {
public:
    Checks(QList<Check> &checks, int phase) : m_checks(checks), m_phase(phase) {}

    /// Begins a check; what it found follows in one of the calls below. The reference ends with the next add.
    Check &add(const QString &id, const QString &host, const QString &proves, const QString &expected);

    static void pass(Check &check, const QString &actual);
    static void fail(Check &check, const QString &actual, const QString &reason);
    static void unknown(Check &check, Check::Flaw flaw, const QString &actual, const QString &reason);

    /// The report is there and can be read; adds a check and returns whether its fields may be looked at.
    /// `worth`: what a report that is there and cannot be read makes of the evidence.
    bool readable(const Report &report, const QString &host, Check::Flaw worth = Check::Flaw::Invalid);
    /// The report is of this phase, and is the one that was written then.
    void original(const Report &report, const QString &host);
    /// The report's own `pass` and `reasons` against what the checks from `first` on say.
    void claim(const Report &report, const QString &host, qsizetype first);
    /// A number compared with a limit; `holds` decides.
    Check &compare(const QString &id, const QString &host, const QString &proves, const QString &expected,
                   const Number &number, bool holds, const QString &reason);
    [[nodiscard]] qsizetype size() const { return m_checks.size(); }

private:
    QList<Check> &m_checks;
    int m_phase;
};

/// Reports are read up to this size; the bytes of a larger one are not looked at.
constexpr qsizetype kReportLimit = qsizetype(16) * 1024 * 1024;

/// The actual value of a blank report's check, by which a phase that was not reached is distinguished from a
/// bad one.
inline const QString kBlank = QStringLiteral("empty");

/// The actual value of a fault class none of whose cycles shows that its fault took effect: it was not
/// tested, whatever a report claims. Missing where the class was asked for, else unsupported.
inline const QString kNoEvidence = QStringLiteral("no evidence");
void noEvidence(Check &check, bool isAskedFor, const QString &reason);

/// At most a line of it, for text that comes from a file.
[[nodiscard]] QString clipped(const QString &text);

void judgeFunctional(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks);
void judgeFederation(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks);
void judgeMigration(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks);
void judgeChaos(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks);

/// What holds between the files: the plan asks for something, no file is there twice, the summary repeats the
/// reports as they are, and the hosts are this campaign's.
void judgeCampaign(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks);
/// What earlier looks at the evidence found wrong makes it invalid, however whole it looks now.
void judgeFindings(const QList<Finding> &findings, QList<Check> &checks);
/// The files against evidence-manifest.json, where there is one: what was changed, is missing or came on top
/// since it was published. Signatures are not looked at.
void judgeManifest(const QList<EvidenceFile> &files, QList<Check> &checks);
/// The summary's overall_pass against `verdict`, once that is known. A pass that the evidence does not carry
/// changes nothing; a fail that it does not carry is a contradiction.
void judgeSummaryClaim(const QList<EvidenceFile> &files, Verdict verdict, QList<Check> &checks);

} // namespace slipway::rules
