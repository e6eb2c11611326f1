/** Keys, the audit trail's chains, webhooks in and out. SQL of the proxy's tables for this part; run once, after the first step. */
export const records = `
-- Keys that outlive the encryption key, sealed under it.
CREATE TABLE opsai.keys (name text PRIMARY KEY, sealed bytea NOT NULL);

ALTER TABLE opsai.audit
  ADD COLUMN origin text, ADD COLUMN flow_id text, ADD COLUMN request_id text,
  ADD COLUMN chain text, ADD COLUMN position bigint, ADD COLUMN before bytea, ADD COLUMN hash bytea;

-- One chain a tenant, so that no tenant waits for another; '' is the deployment's own, which names every other.
CREATE TABLE opsai.audit_heads (
  chain text PRIMARY KEY,
  length bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL DEFAULT ''
);
-- A keyed digest of a chain as far as a proxy has seen it: whoever writes the chain anew can't make this one.
CREATE TABLE opsai.audit_seals (chain text PRIMARY KEY, position bigint NOT NULL, mac bytea NOT NULL);

CREATE FUNCTION opsai.hash_audit(entry opsai.audit) RETURNS bytea LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT sha256(entry.before || convert_to(jsonb_build_array(
    entry.chain, entry.position, entry.entry, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.tenant_id,
    entry.user_id, entry.action, entry.subject, entry.facts, entry.origin, entry.flow_id, entry.request_id
  )::text, 'UTF8'))
$$;

CREATE FUNCTION opsai.chain_audit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  head opsai.audit_heads;
BEGIN
  NEW.chain := coalesce(NEW.tenant_id, '');
  INSERT INTO opsai.audit_heads (chain) VALUES (NEW.chain) ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM opsai.audit_heads h WHERE h.chain = NEW.chain FOR UPDATE;
  NEW.position := head.length + 1;
  NEW.before := head.hash;
  NEW.hash := opsai.hash_audit(NEW);
  UPDATE opsai.audit_heads h SET length = NEW.position, hash = NEW.hash WHERE h.chain = NEW.chain;
  IF NEW.position = 1 AND NEW.chain <> '' THEN
    INSERT INTO opsai.audit (action, subject) VALUES ('trail_started', NEW.chain);
  END IF;
  RETURN NEW;
END $$;

-- Entries from before there were chains become their beginning.
ALTER TABLE opsai.audit DISABLE TRIGGER keep_audit;
DO $$
DECLARE
  old opsai.audit;
  head opsai.audit_heads;
BEGIN
  FOR old IN SELECT * FROM opsai.audit ORDER BY entry LOOP
    old.chain := coalesce(old.tenant_id, '');
    INSERT INTO opsai.audit_heads (chain) VALUES (old.chain) ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM opsai.audit_heads h WHERE h.chain = old.chain;
    old.position := head.length + 1;
    old.before := head.hash;
    old.hash := opsai.hash_audit(old);
    UPDATE opsai.audit a SET chain = old.chain, position = old.position, before = old.before, hash = old.hash
      WHERE a.entry = old.entry;
    UPDATE opsai.audit_heads h SET length = old.position, hash = old.hash WHERE h.chain = old.chain;
  END LOOP;
END $$;
ALTER TABLE opsai.audit ENABLE TRIGGER keep_audit;
ALTER TABLE opsai.audit ALTER COLUMN chain SET NOT NULL, ALTER COLUMN position SET NOT NULL,
  ALTER COLUMN before SET NOT NULL, ALTER COLUMN hash SET NOT NULL, ADD UNIQUE (chain, position);
CREATE TRIGGER chain_audit BEFORE INSERT ON opsai.audit FOR EACH ROW EXECUTE FUNCTION opsai.chain_audit();
INSERT INTO opsai.audit (action, subject) SELECT 'trail_started', h.chain FROM opsai.audit_heads h WHERE h.chain <> '';

-- There while the host wants events.
CREATE TABLE opsai.webhook_target (one boolean PRIMARY KEY DEFAULT true CHECK (one));

CREATE TABLE opsai.webhook_events (
  event_id text PRIMARY KEY DEFAULT 'evt_' || replace(gen_random_uuid()::text, '-', ''),
  tenant_id text NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'dead')),
  attempts int NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL DEFAULT now(),
  last_error text
);
CREATE INDEX ON opsai.webhook_events (next_at) WHERE status = 'pending';
CREATE INDEX ON opsai.webhook_events (at) WHERE status <> 'pending';

-- What is written down is told, in the same transaction: an event can neither be lost nor speak of what was undone.
CREATE FUNCTION opsai.tell_host() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  types jsonb := '{
    "tenant_provisioned": "tenant.provisioned", "tenant_deleted": "tenant.deleted",
    "source_created": "source.connected", "source_deleted": "source.deleted",
    "connection_created": "connection.created", "connection_deleted": "connection.deleted"
  }';
  type text := types ->> NEW.action;
BEGIN
  IF NEW.action = 'sync_started' AND EXISTS (SELECT FROM opsai.webhook_target) THEN
    INSERT INTO opsai.syncs (job_id, tenant_id, connection_id, look_at)
      VALUES (NEW.subject::bigint, NEW.tenant_id, (NEW.facts ->> 'connectionId')::uuid, now() + interval '2 seconds')
      ON CONFLICT DO NOTHING;
    RETURN NULL;
  END IF;
  IF type IS NULL OR NEW.tenant_id IS NULL OR NOT EXISTS (SELECT FROM opsai.webhook_target) THEN RETURN NULL; END IF;
  INSERT INTO opsai.webhook_events (tenant_id, type, data) VALUES (NEW.tenant_id, type, jsonb_strip_nulls(
    jsonb_build_object('tenantId', NEW.tenant_id) || CASE split_part(type, '.', 1)
      WHEN 'source' THEN jsonb_build_object('sourceId', NEW.subject, 'sourceType', NEW.facts ->> 'sourceType')
      WHEN 'connection' THEN jsonb_build_object('connectionId', NEW.subject, 'sourceId', NEW.facts ->> 'sourceId')
      ELSE '{}' END));
  RETURN NULL;
END $$;
CREATE TRIGGER tell_host AFTER INSERT ON opsai.audit FOR EACH ROW EXECUTE FUNCTION opsai.tell_host();

-- Syncs we know of; told to the host once, when they have ended.
CREATE TABLE opsai.syncs (
  job_id bigint PRIMARY KEY,
  tenant_id text NOT NULL REFERENCES opsai.tenants ON DELETE CASCADE,
  connection_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'failed', 'succeeded', 'cancelled', 'gone')),
  looks int NOT NULL DEFAULT 0,
  look_at timestamptz NOT NULL DEFAULT now(),
  known_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON opsai.syncs (look_at) WHERE status = 'running';
CREATE INDEX ON opsai.syncs (known_at);
-- When somebody last asked Airbyte for syncs of this tenant that we did not start.
ALTER TABLE opsai.tenants ADD COLUMN syncs_looked_at timestamptz;

-- Where Airbyte tells us of a tenant's syncs: the secret stands in the path, only its hash is kept.
CREATE TABLE opsai.notification_hooks (
  tenant_id text PRIMARY KEY REFERENCES opsai.tenants ON DELETE CASCADE,
  secret_hash bytea NOT NULL UNIQUE,
  base_url text NOT NULL,
  registered_at timestamptz,
  leased_until timestamptz
);
`
