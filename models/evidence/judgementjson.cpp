// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/judgementjson.h"

#include "models/core/wholenumber.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

const std::array kOutcomes{QLatin1String("pass"), QLatin1String("fail"), QLatin1String("unknown")};
const std::array kFlaws{QLatin1String("none"), QLatin1String("missing"), QLatin1String("invalid"),
                        QLatin1String("unsupported")};

template <typename Enum, size_t N>
Enum enumOf(const std::array<QLatin1String, N> &names, const QString &name, Enum fallback) {
    const auto it = std::find(names.begin(), names.end(), name);
    return it == names.end() ? fallback : static_cast<Enum>(it - names.begin());
}

QJsonObject checkToJson(const Check &check) {
    QJsonObject object{
        {QStringLiteral("id"), check.id},
        {QStringLiteral("rule_version"), check.ruleVersion},
        {QStringLiteral("phase"), check.phase},
        {QStringLiteral("host"), check.host},
        {QStringLiteral("proves"), check.proves},
        {QStringLiteral("expected"), check.expected},
        {QStringLiteral("actual"), check.actual},
        {QStringLiteral("outcome"), outcomeName(check.outcome)},
        {QStringLiteral("flaw"), flawName(check.flaw)},
        {QStringLiteral("reason"), check.reason},
        {QStringLiteral("file"), check.source.file},
        {QStringLiteral("offset"), check.source.offset},
        {QStringLiteral("length"), check.source.length},
    };
    if (check.n)
        object.insert(QStringLiteral("n"), *check.n);
    if (check.bound)
        object.insert(QStringLiteral("bound"), *check.bound);
    return object;
}

// 0 where there is none, or another one than this version writes.
qint64 numberOf(const QJsonObject &object, const char *key) {
    return wholeNumber(object.value(QLatin1String(key))).value_or(0);
}

Check checkFromJson(const QJsonObject &object) {
    Check check;
    check.id = object.value(QLatin1String("id")).toString();
    check.ruleVersion = object.value(QLatin1String("rule_version")).toInt(1);
    check.phase = static_cast<int>(numberOf(object, "phase"));
    check.host = object.value(QLatin1String("host")).toString();
    check.proves = object.value(QLatin1String("proves")).toString();
    check.expected = object.value(QLatin1String("expected")).toString();
    check.actual = object.value(QLatin1String("actual")).toString();
    check.outcome =
        enumOf(kOutcomes, object.value(QLatin1String("outcome")).toString(), Check::Outcome::Unknown);
    check.flaw = enumOf(kFlaws, object.value(QLatin1String("flaw")).toString(), Check::Flaw::None);
    check.reason = object.value(QLatin1String("reason")).toString();
    check.source = {object.value(QLatin1String("file")).toString(), numberOf(object, "offset"),
                    numberOf(object, "length")};
    if (object.contains(QLatin1String("n")))
        check.n = numberOf(object, "n");
    if (object.contains(QLatin1String("bound")))
        check.bound = object.value(QLatin1String("bound")).toDouble();
    return check;
}

} // namespace

QString outcomeName(Check::Outcome outcome) {
    return kOutcomes.at(static_cast<size_t>(outcome));
}

QString flawName(Check::Flaw flaw) {
    return kFlaws.at(static_cast<size_t>(flaw));
}

QJsonObject judgementToJson(const Judgement &judgement) {
    QJsonArray checks;
    for (const Check &check : judgement.checks)
        checks.append(checkToJson(check));
    QJsonArray phases;
    for (const PhaseJudgement &phase : judgement.phases) {
        phases.append(QJsonObject{{QStringLiteral("phase"), phase.phase},
                                  {QStringLiteral("verdict"), verdictName(phase.verdict)},
                                  {QStringLiteral("headline"), phase.headline},
                                  {QStringLiteral("detail"), phase.detail}});
    }
    QJsonObject object{
        {QStringLiteral("verdict"), verdictName(judgement.verdict)},
        {QStringLiteral("reason"), judgement.reason},
        {QStringLiteral("claim"), judgement.claim},
        {QStringLiteral("blamed_phase"), judgement.blamedPhase},
        {QStringLiteral("rules_version"), judgement.rulesVersion},
        {QStringLiteral("phases"), phases},
        {QStringLiteral("checks"), checks},
    };
    if (judgement.claimedPass)
        object.insert(QStringLiteral("claimed_pass"), *judgement.claimedPass);
    return object;
}

Result<Judgement> judgementFromJson(const QJsonObject &object) {
    const auto verdict = verdictFromName(object.value(QLatin1String("verdict")).toString());
    if (!verdict)
        return Error{ErrorCode::Corrupt, QStringLiteral("a stored judgement has no verdict")};
    Judgement judgement;
    judgement.verdict = *verdict;
    judgement.reason = object.value(QLatin1String("reason")).toString();
    judgement.claim = object.value(QLatin1String("claim")).toString();
    judgement.blamedPhase = object.value(QLatin1String("blamed_phase")).toInt();
    judgement.rulesVersion = object.value(QLatin1String("rules_version")).toInt(1);
    if (object.contains(QLatin1String("claimed_pass")))
        judgement.claimedPass = object.value(QLatin1String("claimed_pass")).toBool();
    for (const QJsonValue entry : object.value(QLatin1String("phases")).toArray()) {
        const QJsonObject phase = entry.toObject();
        judgement.phases.append(
            {phase.value(QLatin1String("phase")).toInt(),
             verdictFromName(phase.value(QLatin1String("verdict")).toString()).value_or(Verdict::NoEvidence),
             phase.value(QLatin1String("headline")).toString(),
             phase.value(QLatin1String("detail")).toString()});
    }
    for (const QJsonValue entry : object.value(QLatin1String("checks")).toArray())
        judgement.checks.append(checkFromJson(entry.toObject()));
    return judgement;
}

} // namespace slipway
