// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocol/protocol.h"

#include "models/core/jsonfields.h"
#include "models/fleet/fleet.h"
#include "models/protocol/deadline.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

const QString kSchema = QStringLiteral("slipway-protocol/1");

bool matches(const QString &pattern, const QString &text) {
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

Parameter readParameter(JsonFields &fields) {
    fields.refuseOthers({QStringLiteral("name"), QStringLiteral("type"), QStringLiteral("default"),
                         QStringLiteral("min"), QStringLiteral("max"), QStringLiteral("unit"),
                         QStringLiteral("place"), QStringLiteral("description"),
                         QStringLiteral("scales_with")});
    Parameter parameter;
    parameter.name = fields.text(QStringLiteral("name"));
    if (!matches(QStringLiteral("[a-z][a-z0-9_]{0,63}"), parameter.name))
        fields.fail(QStringLiteral("name"), QStringLiteral("must be lower case with underscores"));
    const QString type = fields.text(QStringLiteral("type"));
    if (type == QLatin1String("integer"))
        parameter.type = Parameter::Type::Integer;
    else if (type == QLatin1String("real"))
        parameter.type = Parameter::Type::Real;
    else if (type == QLatin1String("text"))
        parameter.type = Parameter::Type::Text;
    else
        fields.fail(QStringLiteral("type"), QStringLiteral("must be \"integer\", \"real\" or \"text\""));
    parameter.defaultValue = fields.text(QStringLiteral("default"), QString());
    parameter.unit = fields.text(QStringLiteral("unit"), QString());
    parameter.description = fields.text(QStringLiteral("description"));
    parameter.isPlace = fields.flag(QStringLiteral("place"), false);
    if (parameter.type != Parameter::Type::Text) {
        constexpr qint64 kLimit = 1'000'000'000;
        parameter.min = static_cast<double>(fields.integer(QStringLiteral("min"), -kLimit, kLimit));
        parameter.max = static_cast<double>(fields.integer(QStringLiteral("max"), -kLimit, kLimit));
    }
    const QString problem = valueProblem(parameter, parameter.defaultValue);
    if (!problem.isEmpty())
        fields.fail(QStringLiteral("default"), problem);
    parameter.scalesWith = fields.text(QStringLiteral("scales_with"), QString());
    return parameter;
}

Step readStep(JsonFields &fields) {
    fields.refuseOthers({QStringLiteral("name"), QStringLiteral("program"), QStringLiteral("on"),
                         QStringLiteral("action"), QStringLiteral("always"), QStringLiteral("beside"),
                         QStringLiteral("output"), QStringLiteral("deadline")});
    Step step;
    step.name = fields.text(QStringLiteral("name"));
    step.program = fields.text(QStringLiteral("program"));
    for (const auto &[key, name] :
         {std::pair{QStringLiteral("name"), step.name}, std::pair{QStringLiteral("program"), step.program}}) {
        if (!isPlainName(name))
            fields.fail(key, QStringLiteral("is not a plain name"));
    }
    step.on = fields.text(QStringLiteral("on"));
    if (!matches(QStringLiteral("peers|chaos|peer:[1-9][0-9]?"), step.on))
        fields.fail(QStringLiteral("on"), QStringLiteral("must be \"peers\", \"chaos\" or \"peer:N\""));
    step.action = fields.text(QStringLiteral("action"), QString());
    step.always = fields.flag(QStringLiteral("always"), false);
    step.concurrent = fields.flag(QStringLiteral("beside"), false);
    step.deadline = fields.text(QStringLiteral("deadline"), kDefaultDeadline);
    const QString output = fields.text(QStringLiteral("output"), QStringLiteral("observations"));
    if (output == QLatin1String("report"))
        step.output = Step::Output::Report;
    else if (output == QLatin1String("archive"))
        step.output = Step::Output::Archive;
    else if (output != QLatin1String("observations"))
        fields.fail(QStringLiteral("output"),
                    QStringLiteral("must be \"observations\", \"report\" or \"archive\""));
    return step;
}

Phase readPhase(JsonFields &fields, const QMap<QString, QString> &defaults) {
    fields.refuseOthers({QStringLiteral("number"), QStringLiteral("name"), QStringLiteral("proves"),
                         QStringLiteral("typicalSeconds"), QStringLiteral("steps")});
    Phase phase;
    phase.number = static_cast<int>(fields.integer(QStringLiteral("number"), 1, 99));
    phase.name = fields.text(QStringLiteral("name"));
    phase.proves = fields.text(QStringLiteral("proves"));
    phase.typicalSeconds = static_cast<int>(fields.integer(QStringLiteral("typicalSeconds"), 0, 1'000'000));
    QSet<QString> names;
    for (JsonFields &entry : fields.objects(QStringLiteral("steps"))) {
        Step step = readStep(entry);
        if (names.contains(step.name))
            entry.fail(QStringLiteral("name"), QStringLiteral("\"%1\" is there twice").arg(step.name));
        names.insert(step.name);
        if (const auto seconds = deadlineSeconds(step.deadline, defaults); !seconds)
            entry.fail(QStringLiteral("deadline"), seconds.error().text);
        fields.adopt(entry);
        phase.steps.append(std::move(step));
    }
    return phase;
}

// {"parameter": limit, …}
QMap<QString, double> readLimits(JsonFields &fields, const QString &key) {
    QMap<QString, double> limits;
    const QJsonObject object = fields.object(key);
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        if (!it.value().isDouble())
            fields.fail(key, QStringLiteral("%1 must be a number").arg(it.key()));
        limits.insert(it.key(), it.value().toDouble());
    }
    return limits;
}

Claim readClaim(JsonFields &fields) {
    fields.refuseOthers({QStringLiteral("text"), QStringLiteral("peers"), QStringLiteral("faults"),
                         QStringLiteral("at_least"), QStringLiteral("at_most")});
    Claim claim;
    claim.text = fields.text(QStringLiteral("text"));
    claim.peers = static_cast<int>(fields.integer(QStringLiteral("peers"), 1, 1000));
    claim.faults = fields.texts(QStringLiteral("faults"));
    claim.atLeast = readLimits(fields, QStringLiteral("at_least"));
    claim.atMost = readLimits(fields, QStringLiteral("at_most"));
    return claim;
}

} // namespace

QString streamSuffix(Step::Output output) {
    switch (output) {
    case Step::Output::Observations:
        return QStringLiteral(".obs.jsonl");
    case Step::Output::Report:
        return QStringLiteral(".json");
    case Step::Output::Archive:
        return QStringLiteral(".tar");
    }
    return {};
}

const Phase *Protocol::phase(int number) const {
    const auto it = std::find_if(phases.begin(), phases.end(),
                                 [&](const Phase &phase) { return phase.number == number; });
    return it == phases.end() ? nullptr : &*it;
}

QList<int> Protocol::phaseNumbers() const {
    QList<int> numbers;
    for (const Phase &phase : phases)
        numbers << phase.number;
    return numbers;
}

QString Protocol::sha256() const {
    return QString::fromLatin1(QCryptographicHash::hash(source, QCryptographicHash::Sha256).toHex());
}

QStringList weakerThanClaim(const Claim &claim, const QMap<QString, QString> &parameters,
                            const QStringList &peers) {
    QStringList weaker;
    const auto compare = [&](const QMap<QString, double> &limits, bool isMin) {
        for (auto it = limits.constBegin(); it != limits.constEnd(); ++it) {
            bool isNumber = false;
            const double value = parameters.value(it.key()).toDouble(&isNumber);
            if (!isNumber || (isMin ? value < it.value() : value > it.value()))
                weaker << QStringLiteral("%1 is %2, the claim asks for %3 %4")
                              .arg(it.key(), parameters.value(it.key(), QStringLiteral("not set")),
                                   isMin ? QStringLiteral("at least") : QStringLiteral("at most"))
                              .arg(it.value());
        }
    };
    compare(claim.atLeast, true);
    compare(claim.atMost, false);
    if (const auto distinct = QSet<QString>(peers.begin(), peers.end()).size(); distinct < claim.peers)
        weaker << QStringLiteral("%1 peers, the claim asks for %2").arg(distinct).arg(claim.peers);
    const QStringList faults =
        parameters.value(QStringLiteral("faults")).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &fault : claim.faults) {
        if (!faults.contains(fault))
            weaker << QStringLiteral("the fault class %1 is not in the plan").arg(fault);
    }
    return weaker;
}

Result<Protocol> parseProtocol(const QByteArray &json, const QString &what) {
    auto object = parseJsonObject(json, what);
    if (!object)
        return object.error();
    JsonFields fields(*object, QString());
    fields.refuseOthers({QStringLiteral("schema"), QStringLiteral("name"), QStringLiteral("version"),
                         QStringLiteral("claim"), QStringLiteral("parameters"), QStringLiteral("phases")});
    if (fields.text(QStringLiteral("schema")) != kSchema)
        fields.fail(QStringLiteral("schema"), QStringLiteral("must be \"%1\"").arg(kSchema));
    Protocol protocol;
    protocol.source = json;
    protocol.name = fields.text(QStringLiteral("name"));
    if (!isPlainName(protocol.name))
        fields.fail(QStringLiteral("name"), QStringLiteral("is not a plain name"));
    protocol.version = fields.text(QStringLiteral("version"));
    if (fields.has(QStringLiteral("claim"))) {
        JsonFields claim(fields.object(QStringLiteral("claim")), QStringLiteral("claim"));
        protocol.claim = readClaim(claim);
        fields.adopt(claim);
    }
    for (JsonFields &entry : fields.objects(QStringLiteral("parameters"))) {
        protocol.parameters.append(readParameter(entry));
        fields.adopt(entry);
    }
    QMap<QString, QString> defaults;
    for (const Parameter &parameter : protocol.parameters) {
        defaults.insert(parameter.name, parameter.defaultValue);
        if (!parameter.scalesWith.isEmpty() &&
            !canScale(parameter, findParameter(protocol.parameters, parameter.scalesWith)))
            fields.fail(
                QStringLiteral("parameters"),
                QStringLiteral("\"%1\" cannot scale with \"%2\"; both must be integers, and the default of "
                               "the second above 0 and its own")
                    .arg(parameter.name, parameter.scalesWith));
    }
    int last = 0;
    for (JsonFields &entry : fields.objects(QStringLiteral("phases"))) {
        protocol.phases.append(readPhase(entry, defaults));
        if (protocol.phases.constLast().number <= last)
            entry.fail(QStringLiteral("number"), QStringLiteral("must be higher than the one before"));
        last = protocol.phases.constLast().number;
        fields.adopt(entry);
    }
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::InvalidInput, what + QStringLiteral(": ") + fields.problem()};
    return protocol;
}

Result<QMap<QString, QString>> resolveParameters(const Protocol &protocol,
                                                 const QMap<QString, QString> &fleetValues,
                                                 const QMap<QString, QString> &setValues) {
    QMap<QString, QString> values;
    for (const Parameter &parameter : protocol.parameters)
        values.insert(parameter.name, parameter.defaultValue);
    for (const auto &[origin, map] : {std::pair{QStringLiteral("fleet parameter"), &fleetValues},
                                      std::pair{QStringLiteral("--set"), &setValues}}) {
        for (auto it = map->constBegin(); it != map->constEnd(); ++it) {
            const Parameter *parameter = findParameter(protocol.parameters, it.key());
            if (!parameter) {
                QStringList known = values.keys();
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("%1 %2: protocol %3 has no such parameter (it has %4)")
                                 .arg(origin, it.key(), protocol.name, known.join(QStringLiteral(", ")))};
            }
            if (map == &fleetValues && !parameter->isPlace)
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("%1 %2: a fleet file sets addresses, ports and paths only. Say "
                                            "--set %2=%3 when you start the campaign.")
                                 .arg(origin, it.key(), it.value())};
            const QString problem = valueProblem(*parameter, it.value());
            if (!problem.isEmpty())
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("%1 %2 %3").arg(origin, it.key(), problem)};
            values.insert(it.key(), it.value());
        }
    }
    for (const Parameter &parameter : protocol.parameters) {
        const Parameter *other = findParameter(protocol.parameters, parameter.scalesWith);
        if (other && !fleetValues.contains(parameter.name) && !setValues.contains(parameter.name))
            values.insert(parameter.name, scaledDefault(parameter, *other, values.value(other->name)));
    }
    return values;
}

} // namespace slipway
