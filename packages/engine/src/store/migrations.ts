// Every step of the engine's schema, oldest first. A step that was released is never changed: add another one.
import { configApi } from './steps/config-api.js'
import { publicApi } from './steps/public-api.js'
import { sourceTokens } from './steps/source-tokens.js'

export const migrations: { name: string; sql: string }[] = [
  {
    name: '0001_start',
    sql: `
      CREATE TABLE airbyte_engine.workspace (
        workspace_id uuid PRIMARY KEY,
        name text NOT NULL,
        notifications jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now()
      );

      -- A source or a destination, as in Airbyte. The configuration is sealed, bound to the actor's id.
      CREATE TABLE airbyte_engine.actor (
        actor_id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('source', 'destination')),
        workspace_id uuid NOT NULL REFERENCES airbyte_engine.workspace ON DELETE CASCADE,
        definition_id uuid NOT NULL,
        name text NOT NULL,
        configuration bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX actor_by_workspace ON airbyte_engine.actor (workspace_id, kind, created_at, actor_id);

      -- What a source last said its streams are; of use while its configuration and connector are the same.
      CREATE TABLE airbyte_engine.discovered_streams (
        source_id uuid PRIMARY KEY REFERENCES airbyte_engine.actor ON DELETE CASCADE,
        fingerprint text NOT NULL,
        streams jsonb NOT NULL,
        discovered_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE airbyte_engine.connection (
        connection_id uuid PRIMARY KEY,
        workspace_id uuid NOT NULL REFERENCES airbyte_engine.workspace ON DELETE CASCADE,
        source_id uuid NOT NULL REFERENCES airbyte_engine.actor ON DELETE CASCADE,
        destination_id uuid NOT NULL REFERENCES airbyte_engine.actor ON DELETE CASCADE,
        name text NOT NULL,
        status text NOT NULL CHECK (status IN ('active', 'inactive')),
        prefix text NOT NULL,
        schedule jsonb NOT NULL,
        schema_updates text NOT NULL,
        streams jsonb NOT NULL,
        next_sync_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX connection_by_workspace ON airbyte_engine.connection (workspace_id, created_at, connection_id);
      CREATE INDEX connection_due ON airbyte_engine.connection (next_sync_at) WHERE next_sync_at IS NOT NULL;

      -- Generations count how often a stream was replaced as a whole.
      CREATE TABLE airbyte_engine.stream_generation (
        connection_id uuid NOT NULL REFERENCES airbyte_engine.connection ON DELETE CASCADE,
        stream_namespace text NOT NULL,
        stream_name text NOT NULL,
        generation_id bigint NOT NULL,
        PRIMARY KEY (connection_id, stream_namespace, stream_name)
      );

      CREATE TABLE airbyte_engine.job (
        job_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        connection_id uuid NOT NULL REFERENCES airbyte_engine.connection ON DELETE CASCADE,
        job_type text NOT NULL,
        status text NOT NULL,
        streams jsonb NOT NULL,
        run_after timestamptz NOT NULL DEFAULT now(),
        cancel_requested boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        updated_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz
      );
      CREATE UNIQUE INDEX job_one_open ON airbyte_engine.job (connection_id)
        WHERE status IN ('pending', 'running', 'incomplete');
      CREATE INDEX job_open ON airbyte_engine.job (run_after) WHERE status IN ('pending', 'running', 'incomplete');
      CREATE INDEX job_by_connection ON airbyte_engine.job (connection_id, created_at);

      CREATE TABLE airbyte_engine.attempt (
        job_id bigint NOT NULL REFERENCES airbyte_engine.job ON DELETE CASCADE,
        attempt_number int NOT NULL,
        status text NOT NULL CHECK (status IN ('running', 'failed', 'succeeded')),
        stream_stats jsonb NOT NULL DEFAULT '[]',
        outcome text CHECK (outcome IN ('succeeded', 'failed', 'interrupted', 'cancelled')),
        failure jsonb,
        made_progress boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz,
        PRIMARY KEY (job_id, attempt_number)
      );

      -- A sign-in under way. Only a hash of its state is kept; verifier and input are sealed.
      CREATE TABLE airbyte_engine.oauth_flow (
        state_hash bytea PRIMARY KEY,
        workspace_id uuid NOT NULL REFERENCES airbyte_engine.workspace ON DELETE CASCADE,
        definition_id uuid NOT NULL,
        redirect_url text NOT NULL,
        sealed bytea NOT NULL,
        expires_at timestamptz NOT NULL
      );

      -- Tokens of a completed sign-in, until the source that takes them is made.
      CREATE TABLE airbyte_engine.oauth_secret (
        secret_id text PRIMARY KEY,
        workspace_id uuid NOT NULL REFERENCES airbyte_engine.workspace ON DELETE CASCADE,
        definition_id uuid NOT NULL,
        sealed bytea NOT NULL,
        expires_at timestamptz NOT NULL
      );

      -- One sealed word, to tell a wrong encryption key at start instead of at the first sync.
      CREATE TABLE airbyte_engine.key_check (one boolean PRIMARY KEY DEFAULT true CHECK (one), sealed bytea NOT NULL);
    `,
  },
  { name: '0002_public_api', sql: publicApi },
  { name: '0003_config_api', sql: configApi },
  { name: '0004_source_tokens', sql: sourceTokens },
]
