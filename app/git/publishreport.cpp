// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/publishreport.h"

#include "app/core/outputfile.h"
#include "models/core/instant.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <utility>

namespace slipway {

namespace {

constexpr std::array kStates{
    std::pair{PublishState::Published, "published"},      std::pair{PublishState::Nothing, "nothing"},
    std::pair{PublishState::Unreachable, "unreachable"},  std::pair{PublishState::NotAllowed, "not-allowed"},
    std::pair{PublishState::HookRefused, "hook-refused"}, std::pair{PublishState::Conflict, "conflict"},
    std::pair{PublishState::NoBranch, "no-branch"},       std::pair{PublishState::Raced, "raced"},
    std::pair{PublishState::Stopped, "stopped"},          std::pair{PublishState::Failed, "failed"},
    std::pair{PublishState::Interrupted, "interrupted"},
};
constexpr std::array kSteps{
    std::pair{PublishStep::Fetch, "fetch"},   std::pair{PublishStep::Write, "write"},
    std::pair{PublishStep::Commit, "commit"}, std::pair{PublishStep::Push, "push"},
    std::pair{PublishStep::Rebase, "renew"},
};

template <typename Table, typename Value>
QString nameIn(const Table &table, Value value) {
    const auto it =
        std::find_if(table.begin(), table.end(), [&](const auto &row) { return row.first == value; });
    return it == table.end() ? QString() : QString::fromLatin1(it->second);
}

template <typename Value, typename Table>
Value valueIn(const Table &table, const QString &name, Value fallback) {
    const auto it = std::find_if(table.begin(), table.end(),
                                 [&](const auto &row) { return name == QLatin1String(row.second); });
    return it == table.end() ? fallback : it->first;
}

QString stateFile(const QString &folder) {
    return folder + QStringLiteral("/state.json");
}

} // namespace

QString publishStateName(PublishState state) {
    return nameIn(kStates, state);
}

QString publishStepName(PublishStep step) {
    return nameIn(kSteps, step);
}

QString PublishReport::fullText() const {
    return said.isEmpty() ? text : text + QLatin1Char('\n') + said;
}

QJsonObject publishReportToJson(const PublishReport &report) {
    return {{QStringLiteral("state"), publishStateName(report.state)},
            {QStringLiteral("step"), publishStepName(report.step)},
            {QStringLiteral("repo"), report.repo},
            {QStringLiteral("subject"), report.subject},
            {QStringLiteral("text"), report.text},
            {QStringLiteral("git"), report.said},
            {QStringLiteral("commit"), report.commit},
            {QStringLiteral("attempts"), report.attempts},
            {QStringLiteral("at"), report.at.toString(Qt::ISODate)}};
}

Result<void> savePublishReport(const QString &folder, const PublishReport &report) {
    return writeFile(stateFile(folder), QJsonDocument(publishReportToJson(report)).toJson());
}

std::optional<PublishReport> loadPublishReport(const QString &folder) {
    QFile file(stateFile(folder));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    if (object.isEmpty())
        return std::nullopt;
    PublishReport report;
    report.state =
        valueIn(kStates, object.value(QLatin1String("state")).toString(), PublishState::Interrupted);
    report.step = valueIn(kSteps, object.value(QLatin1String("step")).toString(), PublishStep::Fetch);
    report.repo = object.value(QLatin1String("repo")).toString();
    report.subject = object.value(QLatin1String("subject")).toString();
    report.text = object.value(QLatin1String("text")).toString();
    report.said = object.value(QLatin1String("git")).toString();
    report.commit = object.value(QLatin1String("commit")).toString();
    report.attempts = object.value(QLatin1String("attempts")).toInt();
    report.at = instantOf(object.value(QLatin1String("at")).toString());
    return report;
}

} // namespace slipway
