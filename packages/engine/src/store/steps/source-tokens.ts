/** SQL of the table of access tokens. */
export const sourceTokens = `
  -- The access token of a source's sign-in and what is known of its renewals, sealed. Whoever renews holds the row until
  -- then, by this clock: a process that dies loses it with time.
  CREATE TABLE airbyte_engine.source_token (
    source_id uuid PRIMARY KEY REFERENCES airbyte_engine.actor ON DELETE CASCADE,
    sealed bytea NOT NULL,
    held_by uuid,
    held_until timestamptz
  );
`
