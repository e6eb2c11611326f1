/** What a tenant has where, rotations and removals that are taken up after a crash. Run once, after the steps before. */
export const tenantParts = `
ALTER TABLE opsai.outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE opsai.outbox ADD CONSTRAINT outbox_kind_check CHECK (kind IN
  ('workspace', 'destination', 'source', 'connection', 'sync', 'warehouse', 'storage', 'redis', 'rotation', 'removal'));
CREATE INDEX ON opsai.outbox (tenant_id, kind);

ALTER TABLE opsai.tenants
  -- By part, where it was made: a part that is missing, or was made elsewhere than it is kept now, is still to be made.
  ADD COLUMN parts jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN redis_password bytea,
  -- The id and secret of a key for the tenant's own files; none where the store has no such keys.
  ADD COLUMN storage_key bytea,
  ADD COLUMN rotated_at timestamptz,
  -- When somebody may next try to finish what was begun.
  ADD COLUMN look_at timestamptz NOT NULL DEFAULT now();

-- A rotation is told to the host: the tenant's app needs its .env again.
CREATE FUNCTION opsai.tell_host_of_rotation() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.action = 'tenant_rotated' AND NEW.tenant_id IS NOT NULL AND EXISTS (SELECT FROM opsai.webhook_target) THEN
    INSERT INTO opsai.webhook_events (tenant_id, type, data)
      VALUES (NEW.tenant_id, 'tenant.rotated', jsonb_build_object('tenantId', NEW.tenant_id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_host_of_rotation AFTER INSERT ON opsai.audit
  FOR EACH ROW EXECUTE FUNCTION opsai.tell_host_of_rotation();
`
