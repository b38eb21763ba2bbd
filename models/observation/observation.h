// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/observation/evidencefile.h"
#include "models/observation/sourcerange.h"

#include <QDateTime>
#include <QJsonObject>

#include <functional>

namespace slipway {

/// One JSON line that a phase program printed: what it saw, when. Contract: resources/phases/README.md.
struct Observation {
    QString kind;   ///< "begin", "output", "write", …
    QDateTime time; ///< UTC, the host's clock
    QJsonObject fields;
    SourceRange source;

    [[nodiscard]] QString text(const char *key) const;
    [[nodiscard]] std::optional<qint64> integer(const char *key) const; ///< absent unless a whole number
    [[nodiscard]] bool flag(const char *key) const;
};

/// The error names the file, the byte and what was found instead.
Result<Observation> parseObservation(QByteArrayView line, const SourceRange &source);

/// A step's standard output on one host, as recorded.
struct ObservedStream {
    int phase = 0;
    QString step;
    QString host;
    EvidenceFile file;
};

/// Calls `seen` for each observation of a stream in order, plain or compressed (zstream.h). Lines that are
/// not observations are skipped here: the number of them is the answer, and the rules report it. A stream
/// that cannot be decompressed to its end counts as one more.
int forEachObservation(const EvidenceFile &file, const std::function<void(const Observation &)> &seen);

/// The payload of an "output" observation. Empty when it is not base64, or not of the size that is stated.
[[nodiscard]] QByteArray outputBytes(const Observation &observation);
/// The JSON object (answerObject()) that a program or server answered; nothing when it failed.
[[nodiscard]] std::optional<QJsonObject> answeredObject(const Observation &observation);

/// The last JSON object among the lines of an answer, as servers print log lines around it; absent when there
/// is none.
[[nodiscard]] std::optional<QJsonObject> answerObject(const QByteArray &answer);

} // namespace slipway
