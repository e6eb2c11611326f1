/** SQL of the proxy's tables for this part; run once, after the first step. */
export const fairness = `
-- Job ids are numbers, so a result is text; starting a sync is an operation like any other.
ALTER TABLE opsai.outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE opsai.outbox ADD CONSTRAINT outbox_kind_check
  CHECK (kind IN ('workspace', 'destination', 'source', 'connection', 'sync'));
ALTER TABLE opsai.outbox ALTER COLUMN result_id TYPE text;

-- Every holder of a lease gets a higher number than the one before: who has lost it can be told from who has it.
CREATE SEQUENCE opsai.fences;
ALTER TABLE opsai.leases ADD COLUMN fence bigint NOT NULL DEFAULT nextval('opsai.fences');

-- What a tenant may still ask now. Losing it in a crash gives everybody a full bucket and nothing else.
CREATE UNLOGGED TABLE opsai.rate_buckets (
  name text PRIMARY KEY,
  tokens double precision NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
`
