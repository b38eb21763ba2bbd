// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/judge.h"
#include "models/evidence/judgementjson.h"

#include <QJsonDocument>

#include <cstdlib>

namespace slipway::fuzz {

/// What must hold whatever the files say: each check points into its file, reads back as it was written, and
/// nothing is proven by files that are made up.
inline void expectSound(const QList<EvidenceFile> &files, const Expectation &expectation) {
    const Judgement judgement = judgeReports(files, expectation);
    for (const Check &check : judgement.checks) {
        for (const EvidenceFile &file : files) {
            if (file.name == check.source.file &&
                (check.source.offset < 0 || check.source.length < 0 ||
                 check.source.offset + check.source.length > file.bytes.size()))
                std::abort();
        }
    }
    const QByteArray json = QJsonDocument(judgementToJson(judgement)).toJson(QJsonDocument::Compact);
    const auto read = judgementFromJson(QJsonDocument::fromJson(json).object());
    if (!read || QJsonDocument(judgementToJson(*read)).toJson(QJsonDocument::Compact) != json)
        std::abort();
    if (judgement.verdict == Verdict::Proven)
        std::abort();
}

} // namespace slipway::fuzz
