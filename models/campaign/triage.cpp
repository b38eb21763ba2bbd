// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/triage.h"

#include "models/core/jsonfields.h"

#include <QJsonDocument>
#include <QUrl>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kLine = 200;
constexpr qsizetype kNote = 4000;

constexpr std::array kNames{QLatin1String("product"), QLatin1String("harness"),
                            QLatin1String("infrastructure")};

Error refuse(const QString &field, const QString &why) {
    return {ErrorCode::InvalidInput, QStringLiteral("%1 %2.").arg(field, why)};
}

bool hasControls(const QString &text, bool lines) {
    return std::any_of(text.begin(), text.end(), [lines](QChar c) {
        return (c.category() == QChar::Other_Control && !(lines && (c == u'\n' || c == u'\t'))) ||
               (!lines && c.category() == QChar::Separator_Line);
    });
}

} // namespace

QString failureClassName(FailureClass failureClass) {
    return kNames.at(static_cast<std::size_t>(failureClass));
}

std::optional<FailureClass> failureClassFromName(const QString &name) {
    const auto *const it = std::find(kNames.begin(), kNames.end(), name);
    return it == kNames.end() ? std::nullopt
                              : std::optional(static_cast<FailureClass>(std::distance(kNames.begin(), it)));
}

Result<void> checkTriage(const Triage &triage) {
    if (triage.owner.size() > kLine || hasControls(triage.owner, false))
        return refuse(QStringLiteral("The owner"), QStringLiteral("is one line of at most 200 characters"));
    if (triage.note.size() > kNote || hasControls(triage.note, true))
        return refuse(QStringLiteral("The note"), QStringLiteral("is plain text of at most 4000 characters"));
    if (triage.link.isEmpty())
        return {};
    const QUrl url(triage.link, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || !web || url.host().isEmpty() || !url.userInfo().isEmpty() ||
        triage.link.size() > kLine)
        return refuse(QStringLiteral("The link"),
                      QStringLiteral("is a https:// or http:// address of at most 200 characters and "
                                     "without a password"));
    return {};
}

namespace {

QJsonObject objectOf(const Triage &triage) {
    QJsonObject object;
    if (triage.failureClass)
        object.insert(QStringLiteral("class"), failureClassName(*triage.failureClass));
    const std::array<std::pair<const char *, QString>, 3> texts{
        {{"owner", triage.owner}, {"note", triage.note}, {"link", triage.link}}};
    for (const auto &[key, text] : texts) {
        if (!text.isEmpty())
            object.insert(QLatin1String(key), text);
    }
    return object;
}

} // namespace

QByteArray triageToJson(const Triage &triage) {
    return QJsonDocument(objectOf(triage)).toJson(QJsonDocument::Compact);
}

QByteArray triageToStored(const Triage &triage) {
    QJsonObject object = objectOf(triage);
    if (!triage.change.isEmpty())
        object.insert(QStringLiteral("change"), triage.change);
    if (!triage.undoes.isEmpty())
        object.insert(QStringLiteral("undoes"), triage.undoes);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Triage> triageFromJson(const QByteArray &bytes) {
    const auto object = parseJsonObject(bytes, QStringLiteral("a triage"));
    if (!object)
        return object.error();
    Triage triage;
    triage.failureClass = failureClassFromName(object->value(QLatin1String("class")).toString());
    triage.owner = object->value(QLatin1String("owner")).toString();
    triage.note = object->value(QLatin1String("note")).toString();
    triage.link = object->value(QLatin1String("link")).toString();
    triage.change = object->value(QLatin1String("change")).toString();
    triage.undoes = object->value(QLatin1String("undoes")).toString();
    return triage;
}

ClassCounts countByClass(const QList<Check> &checks) {
    ClassCounts counts{};
    for (const Check &check : checks) {
        if (check.phase == 0)
            continue; // a claim that the evidence does not carry is nobody's failure
        if (check.outcome == Check::Outcome::Fail)
            ++counts.at(static_cast<std::size_t>(FailureClass::Product));
        else if (check.flaw == Check::Flaw::Invalid)
            ++counts.at(static_cast<std::size_t>(FailureClass::Harness));
        else if (check.flaw == Check::Flaw::Missing)
            ++counts.at(static_cast<std::size_t>(FailureClass::Infrastructure));
    }
    return counts;
}

std::optional<FailureClass> likelyClass(Verdict verdict) {
    switch (verdict) {
    case Verdict::Fail:
        return FailureClass::Product;
    case Verdict::InvalidEvidence:
        return FailureClass::Harness;
    case Verdict::Incomplete:
    case Verdict::NoEvidence:
        return FailureClass::Infrastructure;
    case Verdict::Proven:
    case Verdict::UnprovenPass:
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace slipway
