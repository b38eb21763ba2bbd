// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/streamfacts.h"

#include "models/evidence/streamgrammar.h"
#include "models/evidence/streamorder.h"
#include "models/observation/jsonranges.h"
#include "models/observation/zstream.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kShownBytes = 80;

class StreamReader {
public:
    StreamReader(const RecordedPlan &plan, StreamFacts &facts, const QMap<QString, QString> &programs)
        : m_plan(plan), m_facts(facts) {
        const QString known = programs.value(facts.run.program);
        if (!known.isEmpty() && known == plan.programs.value(facts.run.program))
            m_grammar.emplace(plan, facts.run);
    }

    void take(QByteArrayView line, qint64 offset) {
        m_hash.addData(line);
        m_hash.addData("\n");
        const SourceRange source{m_facts.run.streamFile(), offset, line.size()};
        const auto observation = parseObservation(line, source);
        if (!observation) {
            complain(observation.error().text);
            return;
        }
        if (const auto key = doubledKey(QByteArray::fromRawData(line.data(), line.size())))
            complain(
                QStringLiteral("byte %1: \"%2\" is there twice").arg(offset).arg(key->left(kShownBytes)));
        if (m_ended)
            complain(QStringLiteral("byte %1: an observation after the end").arg(offset));
        if (observation->kind == QLatin1String("begin"))
            begin(*observation);
        else if (!m_began)
            complain(QStringLiteral("byte %1: an observation before the beginning").arg(offset));
        if (observation->kind == QLatin1String("end"))
            end(*observation);
        keepTime(*observation);
    }

    void finish() {
        m_facts.sha256 = QString::fromLatin1(m_hash.result().toHex());
        m_facts.clockJumps = m_clock.jumps();
        m_facts.worstJumpMs = m_clock.worstJumpMs();
        m_facts.isSteady = m_clock.isSteady();
        m_facts.endedUpMs = m_clock.upMs().value_or(0);
        if (m_facts.problem.isEmpty() && !m_ended) {
            m_facts.cutShort = true;
            complain(m_began ? QStringLiteral("it does not come to its end") : QStringLiteral("it is empty"));
        }
    }

    void complain(const QString &why) {
        if (m_facts.problem.isEmpty())
            m_facts.problem = why;
    }

private:
    // Whoever may do anything is kept from nothing by being another user, and what is not a user's name or
    // number names none.
    static bool hasOrdinaryUser(const Observation &observation) {
        static const QRegularExpression plain(
            QStringLiteral("\\A([1-9][0-9]{0,9}|[a-z_][a-z0-9_.-]{0,31})\\z"));
        const QString user = observation.text("server_user");
        return !observation.fields.contains(QLatin1String("server_user")) ||
               (user != QLatin1String("root") && plain.match(user).hasMatch());
    }

    void begin(const Observation &observation) {
        if (m_began)
            complain(QStringLiteral("byte %1: it begins twice").arg(observation.source.offset));
        m_began = true;
        m_facts.begin = observation.source;
        m_facts.version = observation.text("version");
        m_facts.serverSha256 = observation.text("server_sha256");
        m_facts.programSha256 = observation.text("program_sha256");
        m_facts.bootId = observation.text("boot_id");
        if (observation.fields.value(QLatin1String("separate_user")).isBool())
            m_facts.separateUser = observation.flag("separate_user") && hasOrdinaryUser(observation) &&
                                   !observation.fields.contains(QLatin1String("separate_user_reason"));
        isOfRun(observation);
        expect(observation, "campaign", m_plan.campaign);
        expect(observation, "run", m_plan.run);
        expect(observation, "key", m_plan.key);
        expect(observation, "job", m_facts.run.token);
        expect(observation, "host", m_facts.run.host);
        expect(observation, "program_sha256", m_plan.programs.value(m_facts.run.program));
    }

    void end(const Observation &observation) {
        m_ended = true;
        isOfRun(observation);
    }

    void isOfRun(const Observation &observation) {
        if (observation.integer("phase") != m_facts.run.phase)
            complain(QStringLiteral("byte %1: it is not of phase %2")
                         .arg(observation.source.offset)
                         .arg(m_facts.run.phase));
        expect(observation, "step", m_facts.run.step);
    }

    void expect(const Observation &observation, const char *key, const QString &planned) {
        const QString reported = observation.text(key);
        if (reported != planned || planned.isEmpty())
            complain(QStringLiteral("byte %1: %2 is \"%3\", the plan says \"%4\"")
                         .arg(observation.source.offset)
                         .arg(QLatin1String(key), reported.left(kShownBytes), planned));
    }

    void keepTime(const Observation &observation) {
        const int jumps = m_clock.jumps();
        const QDateTime at = m_clock.read(observation);
        if (!m_facts.beganAt.isValid()) {
            m_facts.beganAt = at;
            m_facts.beganUpMs = m_clock.upMs().value_or(0);
        }
        m_facts.endedAt = at;
        m_order.add(observation, at, m_clock.jumps() > jumps);
        if (m_grammar)
            m_grammar->add(observation);
        for (const QString &problem :
             {m_clock.problem(), m_order.problem(), m_grammar ? m_grammar->problem() : QString()}) {
            if (!problem.isEmpty())
                complain(problem);
        }
    }

    const RecordedPlan &m_plan;
    StreamFacts &m_facts;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    HostClock m_clock;
    StreamOrder m_order;
    std::optional<StreamGrammar> m_grammar;
    bool m_began = false;
    bool m_ended = false;
};

} // namespace

const EvidenceFile *findStream(const QList<EvidenceFile> &files, const PlannedRun &run) {
    const EvidenceFile *plain = findFile(files, run.streamFile());
    return plain ? plain : findFile(files, run.streamFile() + kCompressedSuffix);
}

StreamFacts streamFacts(const RecordedPlan &plan, const PlannedRun &run, const QList<EvidenceFile> &files,
                        const QMap<QString, QString> &programs) {
    StreamFacts facts;
    facts.run = run;
    const EvidenceFile *file = findStream(files, run);
    if (!file)
        return facts;
    facts.present = true;
    StreamReader reader(plan, facts, programs);
    if (!file->problem.isEmpty()) {
        reader.complain(QStringLiteral("it cannot be read: %1").arg(file->problem));
        return facts;
    }
    const auto read = forEachLine(*file, [&](QByteArrayView line, qint64 offset) {
        reader.take(line, offset);
        return true;
    });
    if (!read)
        reader.complain(read.error().text);
    reader.finish();
    return facts;
}

QList<StreamFacts> streamFacts(const RecordedPlan &plan, const QList<EvidenceFile> &files,
                               const QMap<QString, QString> &programs) {
    QList<StreamFacts> facts;
    for (const PlannedRun &run : plan.runs) {
        if (run.observed)
            facts.append(streamFacts(plan, run, files, programs));
    }
    return facts;
}

QList<ObservedStream> observedStreams(const RecordedPlan &plan, const QList<EvidenceFile> &files) {
    QList<ObservedStream> streams;
    for (const PlannedRun &run : plan.runs) {
        if (const EvidenceFile *file = run.observed ? findStream(files, run) : nullptr)
            streams.append({run.phase, run.step, run.host, *file});
    }
    return streams;
}

QList<PhaseSpan> spansOf(const QList<StreamFacts> &streams) {
    QMap<int, PhaseSpan> spans;
    for (const StreamFacts &stream : streams) {
        if (!stream.beganAt.isValid())
            continue;
        PhaseSpan &span = spans[stream.run.phase];
        const bool first = span.phase == 0;
        span = {stream.run.phase, first ? stream.beganAt : std::min(span.startedAt, stream.beganAt),
                first ? stream.endedAt : std::max(span.finishedAt, stream.endedAt)};
    }
    return spans.values();
}

QList<ManifestRun> manifestRunsOf(const QList<StreamFacts> &streams) {
    QList<ManifestRun> runs;
    for (const StreamFacts &stream : streams) {
        const QString state = !stream.present            ? QStringLiteral("not run")
                              : stream.problem.isEmpty() ? QStringLiteral("ended")
                              : stream.cutShort          ? QStringLiteral("cut short")
                                                         : QStringLiteral("invalid");
        runs.append({stream.run.phase, stream.run.step, stream.run.host, stream.run.token, state,
                     stream.beganAt, stream.endedAt, stream.programSha256, stream.sha256});
    }
    return runs;
}

QDateTime completedAt(const QList<StreamFacts> &streams) {
    QDateTime last;
    for (const StreamFacts &stream : streams) {
        if (stream.endedAt.isValid() && (!last.isValid() || last < stream.endedAt))
            last = stream.endedAt;
    }
    return last;
}

} // namespace slipway
