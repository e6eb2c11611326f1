/** SQL of the tables the Config API needs beside the public one's: commands, catalogs by id, apps for signing in. */
export const configApi = `
  -- A check, discover, spec or replication somebody asked for under an id of their own. What may hold secrets is
  -- sealed, and gone once the command has ended.
  CREATE TABLE airbyte_engine.command (
    command_id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES airbyte_engine.workspace ON DELETE CASCADE,
    command_type text NOT NULL CHECK (command_type IN ('check', 'discover', 'spec', 'replicate')),
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'completed', 'cancelled')),
    shown_input jsonb NOT NULL,
    sealed_input bytea,
    output jsonb,
    job_id bigint,
    starts int NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX command_open ON airbyte_engine.command (created_at) WHERE status IN ('pending', 'running');
  CREATE INDEX command_by_age ON airbyte_engine.command (created_at);

  -- What a source's streams were, by an id that stays while they stay the same.
  CREATE TABLE airbyte_engine.catalog (
    catalog_id uuid PRIMARY KEY,
    source_id uuid NOT NULL REFERENCES airbyte_engine.actor ON DELETE CASCADE,
    content_hash text NOT NULL,
    streams jsonb NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (source_id, content_hash)
  );

  -- An app registered at a provider, given to the whole instance; sealed.
  CREATE TABLE airbyte_engine.oauth_app (
    definition_id uuid PRIMARY KEY,
    sealed bytea NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
  );
`
