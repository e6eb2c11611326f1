/** What syncs have used and samples have shown. SQL of the proxy's tables for this part; run once, after the steps before. */
export const usage = `
-- Jobs that were seen to have ended. Kept beyond their connection, as long as the source: the next one's estimate is made of it.
CREATE TABLE opsai.used_jobs (
  job_id bigint PRIMARY KEY,
  source_id uuid NOT NULL REFERENCES opsai.sources ON DELETE CASCADE,
  connection_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('succeeded', 'failed', 'cancelled')),
  at timestamptz NOT NULL,
  rows bigint NOT NULL,
  bytes bigint NOT NULL
);
CREATE INDEX ON opsai.used_jobs (connection_id, at);
CREATE INDEX ON opsai.used_jobs (source_id);
CREATE INDEX ON opsai.used_jobs (at);

CREATE TABLE opsai.used_streams (
  job_id bigint NOT NULL REFERENCES opsai.used_jobs ON DELETE CASCADE,
  name text NOT NULL,
  namespace text NOT NULL,
  rows bigint NOT NULL,
  bytes bigint NOT NULL,
  PRIMARY KEY (job_id, name, namespace)
);

-- How many rows a sample met, and what they weighed; never a row.
CREATE TABLE opsai.stream_samples (
  source_id uuid NOT NULL REFERENCES opsai.sources ON DELETE CASCADE,
  name text NOT NULL,
  namespace text NOT NULL,
  rows int NOT NULL,
  -- Whether there were no more than that.
  is_whole boolean NOT NULL,
  bytes bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source_id, name, namespace)
);
`
