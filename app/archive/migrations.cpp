// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/database.h"

namespace slipway {

namespace {

// Evidence (observations, files, documents, judgements, the chain) is only ever added: triggers stop the
// rest.
constexpr const char *kFirst = R"sql(
CREATE TABLE campaign (
  id TEXT PRIMARY KEY, ref TEXT NOT NULL, fleet TEXT NOT NULL, protocol TEXT NOT NULL, source TEXT NOT NULL,
  state TEXT NOT NULL, started_at INTEGER, finished_at INTEGER, peers TEXT NOT NULL, phases TEXT NOT NULL,
  verdict TEXT, claimed INTEGER, reason TEXT NOT NULL
) STRICT;
CREATE TABLE parameter (
  campaign TEXT NOT NULL REFERENCES campaign(id), name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (campaign, name)
) STRICT;
CREATE TABLE phase_run (
  campaign TEXT NOT NULL REFERENCES campaign(id), phase INTEGER NOT NULL, step TEXT NOT NULL, host TEXT NOT NULL,
  state TEXT NOT NULL, started_at INTEGER, finished_at INTEGER, exit_code INTEGER, job TEXT NOT NULL, message TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (campaign, phase, step, host)
) STRICT;
CREATE TABLE observation (
  id INTEGER PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaign(id), stream TEXT NOT NULL,
  offset INTEGER NOT NULL, line BLOB NOT NULL,
  UNIQUE (campaign, stream, offset)
) STRICT;
-- problem: why the bytes are not here though the file is; removed: it was there in an earlier revision.
CREATE TABLE evidence_file (
  campaign TEXT NOT NULL REFERENCES campaign(id), name TEXT NOT NULL, revision INTEGER NOT NULL,
  saved_at INTEGER NOT NULL, sha256 TEXT NOT NULL, problem TEXT NOT NULL, removed INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (campaign, name, revision)
) STRICT;
CREATE INDEX evidence_file_same ON evidence_file(name, sha256, campaign);
-- A Pages repo's files that are not one campaign's: insights, releases.
CREATE TABLE document (
  name TEXT NOT NULL, revision INTEGER NOT NULL, saved_at INTEGER NOT NULL, sha256 TEXT NOT NULL, problem TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (name, revision)
) STRICT;
CREATE TABLE stream (
  campaign TEXT NOT NULL REFERENCES campaign(id), name TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY (campaign, name)
) STRICT;
CREATE TABLE judgement (
  id INTEGER PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaign(id), judged_at INTEGER NOT NULL,
  rules_version INTEGER NOT NULL, verdict TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX judgement_of ON judgement(campaign, id);
CREATE TABLE event (
  seq INTEGER PRIMARY KEY, campaign TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, sha256 TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX event_of ON event(campaign, kind, subject);
CREATE TRIGGER observation_stays BEFORE UPDATE ON observation BEGIN SELECT RAISE(ABORT, 'observations are never changed'); END;
CREATE TRIGGER observation_kept BEFORE DELETE ON observation BEGIN SELECT RAISE(ABORT, 'observations are never removed'); END;
CREATE TRIGGER file_stays BEFORE UPDATE ON evidence_file BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER file_kept BEFORE DELETE ON evidence_file BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
CREATE TRIGGER document_stays BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'documents are never changed'); END;
CREATE TRIGGER document_kept BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'documents are never removed'); END;
CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judgement_kept BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'judgements are never removed'); END;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the chain is never changed'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the chain is never cut'); END;

-- What a search looks through; derived, and replaced when its source changes. The index is kept by the code, not by
-- triggers: those may not touch virtual tables while the schema is not trusted.
CREATE TABLE salient (
  id INTEGER PRIMARY KEY, campaign TEXT NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX salient_of ON salient(campaign, kind);
CREATE VIRTUAL TABLE salient_text USING fts5(text, content='salient', content_rowid='id', tokenize="unicode61 tokenchars '_'");
)sql";

// What people found out about a campaign: the last row stands, the others are its history.
constexpr const char *kTriage = R"sql(
CREATE TABLE triage (
  id INTEGER PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaign(id), noted_at INTEGER NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX triage_of ON triage(campaign, id);
CREATE TRIGGER triage_stays BEFORE UPDATE ON triage BEGIN SELECT RAISE(ABORT, 'a triage is never changed'); END;
CREATE TRIGGER triage_kept BEFORE DELETE ON triage BEGIN SELECT RAISE(ABORT, 'a triage is never removed'); END;
)sql";

// Parts of words and scripts without blanks are found; a campaign is removed by a row that says so. Rows that
// are there are linked when the archive is opened (EvidenceChain::begin); a later migration that changes
// linked rows must link them anew.
constexpr const char *kTrigrams = R"sql(
DROP TABLE salient_text;
ALTER TABLE salient ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE salient SET folded=folded_text(text);
CREATE VIRTUAL TABLE salient_text USING fts5(folded, content='salient', content_rowid='id', tokenize='trigram');
INSERT INTO salient_text(salient_text) VALUES('rebuild');
CREATE TABLE removal (
  id INTEGER PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaign(id), noted_at INTEGER NOT NULL, removed INTEGER NOT NULL
) STRICT;
CREATE INDEX removal_of ON removal(campaign, id);
CREATE TRIGGER removal_stays BEFORE UPDATE ON removal BEGIN SELECT RAISE(ABORT, 'a removal is never changed'); END;
CREATE TRIGGER removal_kept BEFORE DELETE ON removal BEGIN SELECT RAISE(ABORT, 'a removal is never removed'); END;
)sql";

// Each stream of observations is kept once, compressed. Rows of older versions may go only where their stream
// is kept (archive compact). The chain is looked through from its beginning or end; its index was a third of
// it.
constexpr const char *kStreams = R"sql(
CREATE TABLE observation_stream (
  campaign TEXT NOT NULL REFERENCES campaign(id), name TEXT NOT NULL, plain_bytes INTEGER NOT NULL, plain_sha256 TEXT NOT NULL,
  lines INTEGER NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (campaign, name)
) STRICT;
CREATE TRIGGER observation_stream_stays BEFORE UPDATE ON observation_stream
  WHEN (SELECT finished_at FROM campaign WHERE id=OLD.campaign) IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'observations of a campaign that has ended are never changed'); END;
CREATE TRIGGER observation_stream_kept BEFORE DELETE ON observation_stream BEGIN SELECT RAISE(ABORT, 'observations are never removed'); END;
DROP TRIGGER observation_kept;
CREATE TRIGGER observation_kept BEFORE DELETE ON observation
  WHEN NOT EXISTS (SELECT 1 FROM observation_stream WHERE campaign=OLD.campaign AND name=OLD.stream || '.obs.jsonl')
  BEGIN SELECT RAISE(ABORT, 'observations are never removed'); END;
DROP INDEX event_of;
CREATE INDEX event_begin ON event(seq) WHERE kind='begin';
)sql";

// The claim stands next to the verdict, also in a list. Nothing where a campaign was judged before it was
// kept.
constexpr const char *kClaim = "ALTER TABLE campaign ADD COLUMN claim TEXT;";

// The links of one campaign, and of one document, which are compared with their rows whenever these are read.
constexpr const char *kLinksOfOne = R"sql(
CREATE INDEX event_campaign ON event(campaign) WHERE campaign<>'';
CREATE INDEX event_document ON event(subject) WHERE kind='row document';
)sql";

// What is noted about series of campaigns: definitions, tables of runs, what people and the sentinel did.
constexpr const char *kSeries = R"sql(
CREATE TABLE series_entry (
  id INTEGER PRIMARY KEY, series TEXT NOT NULL, noted_at INTEGER NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX series_entry_of ON series_entry(series, id);
CREATE TRIGGER series_entry_stays BEFORE UPDATE ON series_entry BEGIN SELECT RAISE(ABORT, 'what is noted of a series is never changed'); END;
CREATE TRIGGER series_entry_kept BEFORE DELETE ON series_entry BEGIN SELECT RAISE(ABORT, 'what is noted of a series is never removed'); END;
)sql";

} // namespace

const std::vector<const char *> &migrations() {
    static const std::vector<const char *> all{kFirst, kTriage,     kTrigrams, kStreams,
                                               kClaim, kLinksOfOne, kSeries};
    return all;
}

} // namespace slipway
