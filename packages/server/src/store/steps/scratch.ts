/** SQL of the proxy's tables for this part; run once, after the first step. */
export const scratch = `
-- What a preview sync made for itself and must take away again, also after a crash. No reference to the tenant: where
-- that is deleted first, the schema is still to be dropped.
CREATE TABLE opsai.scratch (
  op_id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  slug text NOT NULL,
  workspace_id uuid NOT NULL,
  schema_name text NOT NULL UNIQUE,
  destination_id uuid,
  connection_id uuid,
  leased_until timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON opsai.scratch (leased_until);
`
