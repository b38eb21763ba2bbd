// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/insight/lint.h"

#include <QRegularExpression>

#include <algorithm>

namespace slipway {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// Bytes above 127 belong to words of other languages.
bool isWordByte(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}

QByteArray spelling(double number) {
    return QByteArray::number(number, 'g', 12);
}

const QRegularExpression &tokens() {
    static const QRegularExpression expression(
        QStringLiteral("(?<day>\\b\\d{4}-\\d{2}-\\d{2})(?:T[\\d:.]+Z?)?"
                       "|(?<![A-Za-z0-9_#./])(?<!\\d:)(?<![A-Za-z_.][-/])"
                       "(?<number>\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)"
                       "(?:[ \\x{00A0}]?(?<percent>%)|×|x|ms|µs|s|m|min|h|d|k|[kKMGT]i?B|B)?"
                       "(?![A-Za-z0-9_]|\\.\\d|:\\d|,\\d|-\\d*[A-Za-z])"
                       "|(?<=\\d[/–-])(?<second>\\d+(?:\\.\\d+)?)(?![A-Za-z0-9_]|\\.\\d|:\\d|[/-]\\d)"));
    return expression;
}

const QRegularExpression &unfinished() {
    static const QRegularExpression expression(
        QStringLiteral(
            "\\b(?:in[ -]flight|in progress|under ?way|ongoing|still running|expected|pending|will|going to|"
            "not yet|to be determined|tbd|upcoming)\\b"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return expression;
}

} // namespace

EvidenceNumbers::EvidenceNumbers(const QList<EvidenceFile> &files,
                                 const std::optional<Judgement> &judgement) {
    for (const EvidenceFile &file : files)
        add(file.bytes);
    if (!judgement)
        return;
    for (const Check &check : judgement->checks) {
        for (const QString *text : {&check.expected, &check.actual, &check.reason})
            add(text->toUtf8());
        if (check.n)
            m_numbers.insert(spelling(static_cast<double>(*check.n)));
    }
    for (const PhaseJudgement &phase : judgement->phases) {
        m_numbers.insert(QByteArray::number(phase.phase));
        add(phase.headline.toUtf8());
        add(phase.detail.toUtf8());
    }
}

void EvidenceNumbers::add(const QByteArray &bytes) {
    constexpr qsizetype kDay = 10;
    const auto at = [&](qsizetype i) { return i >= 0 && i < bytes.size() ? bytes.at(i) : ' '; };
    for (qsizetype i = 0; i < bytes.size();) {
        if (!isDigit(bytes.at(i))) {
            ++i;
            continue;
        }
        const qsizetype from = i;
        while (isDigit(at(i)))
            ++i;
        if (i - from == 4 && at(i) == '-' && isDigit(at(i + 1)) && at(i + 3) == '-' && isDigit(at(i + 5))) {
            m_days.insert(bytes.mid(from, kDay));
            i = from + kDay;
            while (isWordByte(at(i)) || at(i) == ':' || at(i) == '.')
                ++i;
            continue;
        }
        if (at(i) == '.' && isDigit(at(i + 1))) {
            ++i;
            while (isDigit(at(i)))
                ++i;
        }
        if ((at(i) == 'e' || at(i) == 'E') && (isDigit(at(i + 1)) || isDigit(at(i + 2)))) {
            i += 2;
            while (isDigit(at(i)))
                ++i;
        }
        const char before = at(from - 1);
        const bool isPart = isWordByte(before) || before == '.' || before == '#' ||
                            (before == ':' && isDigit(at(from - 2))) ||
                            (before == '-' && isWordByte(at(from - 2))) || isWordByte(at(i)) ||
                            ((at(i) == '.' || at(i) == ':' || at(i) == '-') && isWordByte(at(i + 1)));
        // A unit is not a part of a name: "90s", "12.5ms".
        const bool hasUnit = at(i) == 's' || (at(i) == 'm' && at(i + 1) == 's');
        if (!isPart || (hasUnit && !isWordByte(before) && !isWordByte(at(i + (at(i) == 's' ? 1 : 2)))))
            m_numbers.insert(spelling(bytes.mid(from, i - from).toDouble()));
    }
}

bool EvidenceNumbers::hasNumber(double number, bool isPercent) const {
    constexpr double kHundred = 100;
    return m_numbers.contains(spelling(number)) ||
           (isPercent && m_numbers.contains(spelling(number / kHundred)));
}

QList<LintMark> lint(const QString &text, const EvidenceNumbers &evidence, bool isOver) {
    QList<LintMark> marks;
    for (auto it = tokens().globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString day = match.captured(QStringLiteral("day"));
        QString digits = match.captured(QStringLiteral("number")) + match.captured(QStringLiteral("second"));
        const bool isPercent = match.capturedLength(QStringLiteral("percent")) > 0;
        const bool found = day.isEmpty()
                               ? evidence.hasNumber(digits.remove(QLatin1Char(',')).toDouble(), isPercent)
                               : evidence.hasDay(day.toLatin1());
        if (!found)
            marks.append({LintMark::Kind::Number, match.capturedStart(), match.capturedLength()});
    }
    for (auto it = unfinished().globalMatch(text); isOver && it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        marks.append({LintMark::Kind::Unfinished, match.capturedStart(), match.capturedLength()});
    }
    std::sort(marks.begin(), marks.end(),
              [](const LintMark &a, const LintMark &b) { return a.start < b.start; });
    return marks;
}

QString lintText(const LintMark &mark, const QString &text) {
    const QString words = text.mid(mark.start, mark.length);
    return mark.kind == LintMark::Kind::Number
               ? QStringLiteral("%1 is not in the evidence").arg(words)
               : QStringLiteral("\"%1\" speaks of what is to come; the campaign is over").arg(words);
}

QList<InsightFinding> insightFindings(const Insight &insight, const EvidenceNumbers &evidence, bool isOver) {
    QList<InsightFinding> findings;
    const auto look = [&](const QString &field, const QString &text, bool speaksOfThen) {
        for (const LintMark &mark : lint(text, evidence, isOver && speaksOfThen))
            findings.append({field, lintText(mark, text)});
    };
    for (const InsightField &field : insightFields())
        look(QString::fromLatin1(field.key), insight.*field.text, !field.isAhead);
    const QString bugs = QStringLiteral("bugs");
    for (const InsightBug &bug : insight.bugs) {
        for (const QString *text : {&bug.title, &bug.impact, &bug.rootCause})
            look(bugs, *text, true);
    }
    for (const QString &title : missingAudiences(insight))
        findings.append({QStringLiteral("missing"), title});
    for (const QString &problem : insightProblems(insight))
        findings.append({bugs, problem});
    return findings;
}

} // namespace slipway
