// The proxy's own tables. Each step runs once, in order; a released step is never edited.
import type { Database } from './database.js'
import { apps } from './steps/apps.js'
import { fairness } from './steps/fairness.js'
import { records } from './steps/records.js'
import { scratch } from './steps/scratch.js'
import { signInAgain } from './steps/sign-in-again.js'
import { tenantParts } from './steps/tenant-parts.js'
import { usage } from './steps/usage.js'

const first = `
CREATE TABLE opsai.tenants (
  tenant_id text PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  status text NOT NULL CHECK (status IN ('provisioning', 'ready', 'deleting')),
  workspace_id uuid,
  destination_id uuid,
  sync_password bytea NOT NULL,
  app_password bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE opsai.sessions (
  token_hash bytea PRIMARY KEY,
  tenant_id text NOT NULL REFERENCES opsai.tenants ON DELETE CASCADE,
  user_id text NOT NULL,
  origins text[] NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON opsai.sessions USING gin (origins);
CREATE INDEX ON opsai.sessions (expires_at);

CREATE TABLE opsai.sources (
  source_id uuid PRIMARY KEY,
  tenant_id text NOT NULL REFERENCES opsai.tenants ON DELETE CASCADE,
  op_id uuid NOT NULL UNIQUE,
  source_type text NOT NULL,
  definition_id uuid NOT NULL,
  name text NOT NULL,
  check_status text NOT NULL DEFAULT 'untested' CHECK (check_status IN ('untested', 'succeeded', 'failed')),
  authorized_by text NOT NULL CHECK (authorized_by IN ('credentials', 'oauth')),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON opsai.sources (tenant_id);

CREATE TABLE opsai.connections (
  connection_id uuid PRIMARY KEY,
  tenant_id text NOT NULL REFERENCES opsai.tenants ON DELETE CASCADE,
  source_id uuid NOT NULL REFERENCES opsai.sources ON DELETE CASCADE,
  op_id uuid NOT NULL UNIQUE,
  name text NOT NULL,
  table_prefix text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON opsai.connections (tenant_id);
CREATE INDEX ON opsai.connections (source_id);

CREATE TABLE opsai.table_prefixes (
  tenant_id text NOT NULL REFERENCES opsai.tenants ON DELETE CASCADE,
  table_prefix text NOT NULL,
  op_id uuid NOT NULL UNIQUE,
  PRIMARY KEY (tenant_id, table_prefix)
);

CREATE TABLE opsai.outbox (
  op_id uuid PRIMARY KEY,
  tenant_id text NOT NULL REFERENCES opsai.tenants ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('workspace', 'destination', 'source', 'connection')),
  on_doubt text NOT NULL CHECK (on_doubt IN ('finish', 'adopt')),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'done', 'failed')),
  payload bytea,
  result_id uuid,
  attempts int NOT NULL DEFAULT 0,
  leased_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON opsai.outbox (created_at) WHERE status = 'pending';

CREATE TABLE opsai.flows (
  flow_id text PRIMARY KEY,
  tenant_id text NOT NULL REFERENCES opsai.tenants ON DELETE CASCADE,
  user_id text NOT NULL,
  source_type text NOT NULL,
  definition_id uuid NOT NULL,
  name text NOT NULL,
  origin text NOT NULL,
  provenance text NOT NULL CHECK (provenance IN ('proven', 'unproven')),
  assurance text CHECK (assurance IN ('host', 'browser')),
  status text NOT NULL DEFAULT 'launched',
  configuration bytea,
  state_hash bytea UNIQUE,
  cookie_hash bytea,
  confirm_hash bytea,
  airbyte_state bytea,
  redirect_url text,
  secret bytea,
  op_id uuid NOT NULL UNIQUE,
  source_id uuid,
  error jsonb,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  returned_at timestamptz,
  leased_until timestamptz
);
CREATE INDEX ON opsai.flows (expires_at);

-- A flow only ever moves forward, whoever writes it; what is final stays and holds no secret.
CREATE FUNCTION opsai.check_flow() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  allowed jsonb := '{
    "launched": ["launched", "authorizing", "cancelled", "expired", "failed", "provider_error"],
    "authorizing": ["authorizing", "returned", "denied", "provider_error", "cancelled", "expired", "browser_mismatch", "context_mismatch", "failed"],
    "returned": ["returned", "confirmed", "provider_error", "context_mismatch", "user_mismatch", "cancelled", "expired", "failed"],
    "confirmed": ["confirmed", "creating", "failed"],
    "creating": ["creating", "completed", "failed"]
  }';
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'launched' THEN RAISE EXCEPTION 'a flow starts launched, not %', NEW.status; END IF;
    RETURN NEW;
  END IF;
  IF NOT coalesce(allowed -> OLD.status ? NEW.status, false) THEN
    RAISE EXCEPTION 'a flow can not go from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  IF NOT allowed ? NEW.status THEN
    NEW.secret := NULL;
    NEW.configuration := NULL;
    NEW.airbyte_state := NULL;
    NEW.confirm_hash := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_flow BEFORE INSERT OR UPDATE ON opsai.flows FOR EACH ROW EXECUTE FUNCTION opsai.check_flow();

CREATE TABLE opsai.idempotency (
  scope bytea NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  status int,
  answer bytea,
  leased_until timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (scope, key)
);
CREATE INDEX ON opsai.idempotency (expires_at);

CREATE TABLE opsai.leases (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  until timestamptz NOT NULL
);

CREATE TABLE opsai.audit (
  entry bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  tenant_id text,
  user_id text,
  action text NOT NULL,
  subject text,
  facts jsonb NOT NULL DEFAULT '{}'
);
CREATE FUNCTION opsai.keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;
CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE OR TRUNCATE ON opsai.audit
  FOR EACH STATEMENT EXECUTE FUNCTION opsai.keep_audit();
`

export const steps: readonly string[] = [first, fairness, records, scratch, signInAgain, tenantParts, apps, usage]

/** One number for every proxy on this database: only one migrates, the others wait for it. */
const LOCK = 7_301_442_001

/** Brings the schema `opsai` up to date. Safe to run from any number of processes at once. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (db) => {
    await db.rows('SELECT pg_advisory_xact_lock($1)', [LOCK])
    await db.rows('CREATE SCHEMA IF NOT EXISTS opsai')
    await db.rows(
      'CREATE TABLE IF NOT EXISTS opsai.migrations (step int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
    )
    const done = await db.rows<{ step: number }>('SELECT step FROM opsai.migrations')
    for (const [step, sql] of steps.entries()) {
      if (done.some((row) => row.step === step)) continue
      await db.rows(sql)
      await db.rows('INSERT INTO opsai.migrations (step) VALUES ($1)', [step])
    }
  })
}
