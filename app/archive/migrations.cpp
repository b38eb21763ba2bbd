// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/database.h"

namespace slipway {

namespace {

// Observations, files and judgements are evidence: rows are added, never changed or removed.
constexpr const char *kFirst = R"sql(
CREATE TABLE campaign (
  id TEXT PRIMARY KEY, ref TEXT NOT NULL, fleet TEXT NOT NULL, protocol TEXT NOT NULL, source TEXT NOT NULL,
  state TEXT NOT NULL, started_at INTEGER, finished_at INTEGER,
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
CREATE TABLE evidence_file (
  campaign TEXT NOT NULL REFERENCES campaign(id), name TEXT NOT NULL, revision INTEGER NOT NULL,
  saved_at INTEGER NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (campaign, name, revision)
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
CREATE TRIGGER observation_stays BEFORE UPDATE ON observation BEGIN SELECT RAISE(ABORT, 'observations are never changed'); END;
CREATE TRIGGER observation_kept BEFORE DELETE ON observation BEGIN SELECT RAISE(ABORT, 'observations are never removed'); END;
CREATE TRIGGER file_stays BEFORE UPDATE ON evidence_file BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER file_kept BEFORE DELETE ON evidence_file BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
)sql";

} // namespace

const std::vector<const char *> &migrations() {
    static const std::vector<const char *> all{kFirst};
    return all;
}

} // namespace slipway
