/** Tenants' apps, and what makes one wanted anew. Run once, after the steps before. */
export const apps = `
CREATE TABLE opsai.apps (
  -- No cascade: a tenant can't be deleted while an app of theirs is anywhere.
  tenant_id text PRIMARY KEY REFERENCES opsai.tenants,
  name text,
  target text NOT NULL,
  status text NOT NULL DEFAULT 'waiting'
    CHECK (status IN ('waiting', 'generating', 'deploying', 'running', 'failed', 'removing')),
  step text,
  message text,
  -- Counts what was asked for, what a round has ended for, well or not, and what runs.
  wanted int NOT NULL DEFAULT 1,
  settled int NOT NULL DEFAULT 0,
  deployed int NOT NULL DEFAULT 0,
  -- Since when more is wanted than the round that was begun last knew of.
  wanted_since timestamptz,
  due_at timestamptz NOT NULL DEFAULT now(),
  attempts int NOT NULL DEFAULT 0,
  url text,
  deployment_id text,
  -- Of the files and settings that run.
  digest text,
  connectors jsonb NOT NULL DEFAULT '[]',
  error jsonb,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON opsai.apps (due_at) WHERE wanted > settled OR status = 'removing';

-- There while this deployment makes apps. Changes within quiet of each other are one round, put off by at most a minute.
CREATE TABLE opsai.apps_target (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  quiet interval NOT NULL
);

CREATE FUNCTION opsai.want_app(tenant text) RETURNS void LANGUAGE sql SET search_path = pg_catalog AS $$
  UPDATE opsai.apps a SET wanted = a.wanted + 1, attempts = 0,
    status = CASE WHEN a.status IN ('running', 'failed') THEN 'waiting' ELSE a.status END,
    wanted_since = coalesce(a.wanted_since, now()),
    due_at = least(now() + t.quiet, greatest(now(), coalesce(a.wanted_since, now()) + interval '1 minute')),
    updated_at = now()
  FROM opsai.apps_target t WHERE a.tenant_id = tenant AND a.status <> 'removing'
$$;

-- What is written down as changed makes the app wanted anew, in the same transaction: neither is there without the other.
CREATE FUNCTION opsai.want_app_after_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.action IN ('source_created', 'source_updated', 'source_deleted', 'connection_created', 'connection_updated',
                    'connection_deleted', 'tenant_rotated') THEN
    PERFORM opsai.want_app(NEW.tenant_id);
  -- To be followed to its end, for its tables are there then.
  ELSIF NEW.action = 'sync_started' AND EXISTS (SELECT FROM opsai.apps_target) THEN
    INSERT INTO opsai.syncs (job_id, tenant_id, connection_id, look_at)
      VALUES (NEW.subject::bigint, NEW.tenant_id, (NEW.facts ->> 'connectionId')::uuid, now() + interval '2 seconds')
      ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER want_app_after_change AFTER INSERT ON opsai.audit
  FOR EACH ROW EXECUTE FUNCTION opsai.want_app_after_change();

CREATE FUNCTION opsai.want_app_after_sync() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.status = 'succeeded' AND NOT EXISTS (
    SELECT FROM opsai.syncs s WHERE s.connection_id = NEW.connection_id AND s.status = 'succeeded' AND s.job_id <> NEW.job_id
  ) THEN
    PERFORM opsai.want_app(NEW.tenant_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER want_app_after_sync AFTER INSERT OR UPDATE OF status ON opsai.syncs
  FOR EACH ROW EXECUTE FUNCTION opsai.want_app_after_sync();
CREATE INDEX ON opsai.syncs (connection_id);
`
