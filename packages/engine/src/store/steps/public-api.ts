/** Applications, tags, the one organization with its one user, permissions, and namespaces of connections. */
export const publicApi = `
  -- Credentials made over the API, beside the operator's own. The secret is sealed, bound to the application's id.
  CREATE TABLE airbyte_engine.application (
    application_id uuid PRIMARY KEY,
    name text NOT NULL,
    client_id text NOT NULL UNIQUE,
    client_secret bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE airbyte_engine.organization (organization_id uuid PRIMARY KEY, name text NOT NULL, email text NOT NULL);
  CREATE TABLE airbyte_engine.person (user_id uuid PRIMARY KEY, name text NOT NULL, email text NOT NULL);
  CREATE TABLE airbyte_engine.permission (
    permission_id uuid PRIMARY KEY,
    permission_type text NOT NULL,
    user_id uuid NOT NULL REFERENCES airbyte_engine.person ON DELETE CASCADE,
    workspace_id uuid REFERENCES airbyte_engine.workspace ON DELETE CASCADE,
    organization_id uuid REFERENCES airbyte_engine.organization ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(workspace_id, organization_id) = 1)
  );
  -- Airbyte's own ids of the default organization and user.
  INSERT INTO airbyte_engine.organization VALUES
    ('00000000-0000-0000-0000-000000000000', 'Default Organization', 'operator@engine.invalid');
  INSERT INTO airbyte_engine.person VALUES
    ('00000000-0000-0000-0000-000000000000', 'Operator', 'operator@engine.invalid');
  INSERT INTO airbyte_engine.permission (permission_id, permission_type, user_id, organization_id) VALUES
    (gen_random_uuid(), 'organization_admin', '00000000-0000-0000-0000-000000000000',
     '00000000-0000-0000-0000-000000000000');

  CREATE TABLE airbyte_engine.tag (
    tag_id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES airbyte_engine.workspace ON DELETE CASCADE,
    name text NOT NULL,
    color text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tag_name_once UNIQUE (workspace_id, name)
  );
  CREATE TABLE airbyte_engine.connection_tag (
    connection_id uuid NOT NULL REFERENCES airbyte_engine.connection ON DELETE CASCADE,
    tag_id uuid NOT NULL REFERENCES airbyte_engine.tag ON DELETE CASCADE,
    PRIMARY KEY (connection_id, tag_id)
  );
  CREATE INDEX connection_tag_by_tag ON airbyte_engine.connection_tag (tag_id);

  ALTER TABLE airbyte_engine.connection
    ADD COLUMN namespace_definition text NOT NULL DEFAULT 'destination'
      CHECK (namespace_definition IN ('source', 'destination', 'custom_format')),
    ADD COLUMN namespace_format text;
`
