// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/protocol/parameter.h"

#include <QList>
#include <QMap>
#include <QString>

namespace slipway {

/// One program on one or several hosts; hosts of a step run in parallel, steps one after the other.
struct Step {
    /// What its stdout is, and how the stream's name ends.
    enum class Output {
        Observations, ///< one JSON object a line: ".obs.jsonl"
        Report,       ///< a report that a field script claims: ".json"
        Archive,      ///< a tar archive, kept as it is: ".tar"
    };

    QString name;            ///< plain name; part of the evidence's file names
    QString program;         ///< file name in resources/phases
    QString on;              ///< "peers", "chaos" or "peer:N" with N from 1
    QString action;          ///< handed over as SLIPWAY_ACTION, may be empty
    bool always = false;     ///< runs even when an earlier step of the phase failed (healing, stopping)
    bool concurrent = false; ///< the next step starts at the same time
    Output output = Output::Observations;
    QString deadline; ///< seconds on the host, then it is ended there: see deadline.h
};

/// The program of a step that runs a script of the field; the protocol that has such steps.
inline const QString kFieldScript = QStringLiteral("field-script");
inline const QString kFieldProtocol = QStringLiteral("field-scripts");

[[nodiscard]] QString streamSuffix(Step::Output output);

struct Phase {
    int number = 0;
    QString name;
    QString proves;         ///< one sentence
    int typicalSeconds = 0; ///< first guess for the expected end, at default parameters
    QList<Step> steps;
};

/// What a PROVEN of this protocol means. A campaign that asks less of itself shows less, whatever its checks
/// say.
struct Claim {
    QString text;                  ///< one sentence for a person
    int peers = 0;                 ///< the least number of them
    QStringList faults;            ///< classes that must be exercised
    QMap<QString, double> atLeast; ///< parameters that may not be lower
    QMap<QString, double> atMost;  ///< parameters that may not be higher
};

/// Ordered phases with their programs, hosts and parameters. A plain value.
struct Protocol {
    QString name;
    QString version;
    Claim claim;
    QList<Parameter> parameters;
    QList<Phase> phases;
    QByteArray source; ///< the bytes it was read from
    /// SHA-256 of each program of its steps as it is sent, by name; where the version that runs has them.
    QMap<QString, QString> programs{};

    [[nodiscard]] const Phase *phase(int number) const;
    [[nodiscard]] QList<int> phaseNumbers() const;
    [[nodiscard]] QString sha256() const; ///< of `source`
};

/// Format: models/protocol/README.md. The error names `what` and the field.
Result<Protocol> parseProtocol(const QByteArray &json, const QString &what);

/// How these settings ask less than the claim does, a sentence each; empty when they do not.
[[nodiscard]] QStringList weakerThanClaim(const Claim &claim, const QMap<QString, QString> &parameters,
                                          const QStringList &peers);

/// Defaults of the protocol, then `fleetValues`, then `setValues` (later wins), each checked against type and
/// range. A fleet says where things are, never how much is enough: a value of any other parameter in
/// `fleetValues` is refused.
Result<QMap<QString, QString>> resolveParameters(const Protocol &protocol,
                                                 const QMap<QString, QString> &fleetValues,
                                                 const QMap<QString, QString> &setValues);

} // namespace slipway
