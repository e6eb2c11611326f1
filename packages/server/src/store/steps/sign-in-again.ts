/** Stored sources signed in again, links to do so, and sign-ins through the operator's own apps. Run once, after the steps before. */
export const signInAgain = `
ALTER TABLE opsai.flows
  -- The stored source that is signed in again; none where a new one is made.
  ADD COLUMN for_source_id uuid,
  -- Who talks to the provider: Airbyte, or this proxy with the operator's own app.
  ADD COLUMN way text NOT NULL DEFAULT 'airbyte' CHECK (way IN ('airbyte', 'own_app')),
  -- PKCE's verifier (RFC 7636), where this proxy is the client; sealed.
  ADD COLUMN code_verifier bytea;
CREATE INDEX ON opsai.flows (tenant_id, user_id);

CREATE TABLE opsai.reconnect_links (
  token_hash bytea PRIMARY KEY,
  tenant_id text NOT NULL REFERENCES opsai.tenants ON DELETE CASCADE,
  user_id text NOT NULL,
  source_id uuid NOT NULL REFERENCES opsai.sources ON DELETE CASCADE,
  origin text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX ON opsai.reconnect_links (source_id);
CREATE INDEX ON opsai.reconnect_links (expires_at);

CREATE FUNCTION opsai.forget_verifier() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  -- Used up with the code it belongs to.
  IF NEW.status NOT IN ('launched', 'authorizing', 'returned') THEN NEW.code_verifier := NULL; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER forget_verifier BEFORE UPDATE ON opsai.flows FOR EACH ROW EXECUTE FUNCTION opsai.forget_verifier();
`
