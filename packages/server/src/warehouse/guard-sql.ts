// Row security on every table of a tenant, put there by the warehouse itself the moment a table is made.
import { slugPattern } from '../tenants/names.js'

/**
 * Whether row security binds owners too. The owner of a tenant's tables is its own sync role, and Postgres refuses COPY
 * into a table whose row security binds whoever asks ("COPY FROM not supported with row-level security"): a real Airbyte's
 * destination-postgres does just that, the embedded engine copies into the raw schema and goes on from there. Until it is
 * known which one this is, tables stay as the process before had them.
 */
const forcing = `
DO $$ BEGIN
  CREATE FUNCTION opsai_guard.forces() RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog AS 'SELECT false';
EXCEPTION WHEN duplicate_function THEN NULL; END $$`

/** Sets whether tables are FORCEd from now on; those there are follow with `protect_schema`. */
export const setForcing = (forces: boolean) => `
CREATE OR REPLACE FUNCTION opsai_guard.forces() RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog
AS 'SELECT ${forces}'`

/** Protects one table: a policy on `session_user`, which no SET can change, and row security switched on or forced. */
const protect = `
CREATE OR REPLACE FUNCTION opsai_guard.protect_table(relation oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $guard$
DECLARE
  target record;
BEGIN
  SELECT c.relname, n.nspname, c.relrowsecurity, c.relforcerowsecurity, opsai_guard.forces() AS forces,
         EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_only') AS has_policy
    INTO target FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.oid = relation AND c.relkind IN ('r', 'p') AND n.nspname ~ '${slugPattern}';
  IF NOT FOUND THEN RETURN; END IF;
  IF NOT target.has_policy THEN
    EXECUTE format('CREATE POLICY tenant_only ON %I.%I USING (session_user IN (%L, %L)) WITH CHECK (session_user = %L)',
      target.nspname, target.relname, target.nspname || '_sync', target.nspname || '_app', target.nspname || '_sync');
  END IF;
  IF NOT target.relrowsecurity THEN
    EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', target.nspname, target.relname);
  END IF;
  IF target.relforcerowsecurity <> target.forces THEN
    EXECUTE format('ALTER TABLE %I.%I %s ROW LEVEL SECURITY', target.nspname, target.relname,
      CASE WHEN target.forces THEN 'FORCE' ELSE 'NO FORCE' END);
  END IF;
END $guard$`

const protectSchema = `
CREATE OR REPLACE FUNCTION opsai_guard.protect_schema(name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $guard$
DECLARE
  relation oid;
BEGIN
  FOR relation IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = name AND c.relkind IN ('r', 'p', 'v') LOOP
    PERFORM opsai_guard.protect_table(relation);
    PERFORM opsai_guard.protect_view(relation);
  END LOOP;
END $guard$`

/** A view reads with the rights of who asks, and not of who made it, where Postgres knows how (15 and newer). */
const protectView = `
CREATE OR REPLACE FUNCTION opsai_guard.protect_view(relation oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $guard$
DECLARE
  target record;
BEGIN
  SELECT c.relname, n.nspname INTO target FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.oid = relation AND c.relkind = 'v' AND n.nspname ~ '${slugPattern}'
     AND NOT coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false);
  IF FOUND AND current_setting('server_version_num')::int >= 150000 THEN
    EXECUTE format('ALTER VIEW %I.%I SET (security_invoker = true)', target.nspname, target.relname);
  END IF;
END $guard$`

const onNewTable = `
CREATE OR REPLACE FUNCTION opsai_guard.on_table_change() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $guard$
DECLARE
  command record;
BEGIN
  FOR command IN SELECT objid, object_type FROM pg_event_trigger_ddl_commands()
                  WHERE object_type IN ('table', 'view') AND schema_name ~ '${slugPattern}' LOOP
    IF command.object_type = 'table' THEN PERFORM opsai_guard.protect_table(command.objid);
    ELSE PERFORM opsai_guard.protect_view(command.objid); END IF;
  END LOOP;
END $guard$`

/**
 * Whose turn it is to change the catalogues. A table of ours and not an advisory lock: those anybody may take, and a tenant
 * that sits on one must not hold up the others.
 */
export const makeTurn = `
DO $$ BEGIN
  CREATE SCHEMA IF NOT EXISTS opsai_guard;
  CREATE TABLE IF NOT EXISTS opsai_guard.turn ();
EXCEPTION WHEN unique_violation OR duplicate_schema OR duplicate_table THEN NULL; END $$`

export const takeTurn = 'LOCK TABLE opsai_guard.turn IN ACCESS EXCLUSIVE MODE'

/** Run once a start. Usable by all, for the trigger runs as whoever makes a table; it can't do more than they can. */
export const guardFunctions = [
  forcing,
  protect,
  protectView,
  protectSchema,
  onNewTable,
  'GRANT USAGE ON SCHEMA opsai_guard TO PUBLIC',
]

/** Those of some schemas ($1) with a table that is not as the guard wants it. */
export const listUnguarded = `
SELECT DISTINCT n.nspname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p')
   AND (NOT c.relrowsecurity OR c.relforcerowsecurity <> opsai_guard.forces()
     OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_only'))`

/** Only a superuser may. */
export const guardTrigger = [
  'DROP EVENT TRIGGER IF EXISTS opsai_guard_tables',
  `CREATE EVENT TRIGGER opsai_guard_tables ON ddl_command_end
   WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE', 'CREATE VIEW', 'ALTER VIEW') EXECUTE FUNCTION opsai_guard.on_table_change()`,
]

/** Large objects belong to no schema: no tenant has any business with them. */
export const revokeLargeObjects = `
DO $$ DECLARE routine regprocedure; BEGIN
  FOR routine IN SELECT oid::regprocedure FROM pg_proc
                  WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^lo_|^lo(read|write)$|^be_lo_' LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', routine);
  END LOOP;
END $$`

/** Roles of tenants, and those of a preview: also of another warehouse on the same server, which nothing here may let in. */
const ofTenants = slugPattern.replace('$', '_')

/** The role that may take advisory locks: every tenant's sync role is one, for the engine takes them while it loads. */
export const LOADER = 'opsai_loader'

const advisory = `pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory_'`

/** Advisory locks have no owner: whoever may take any may hold up whoever waits for one. Apps have no use for them. */
export const revokeAdvisoryLocks = `
DO $$ DECLARE routine regprocedure; member name; BEGIN
  IF NOT EXISTS (SELECT FROM pg_proc WHERE ${advisory} AND has_function_privilege('public', oid, 'EXECUTE')) THEN RETURN; END IF;
  FOR routine IN SELECT oid::regprocedure FROM pg_proc WHERE ${advisory} LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ${LOADER}', routine);
    FOR member IN SELECT rolname FROM pg_roles
                   WHERE rolcanlogin AND NOT rolsuper AND rolname !~ '${ofTenants}' LOOP
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', routine, member);
    END LOOP;
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', routine);
  END LOOP;
  -- A proxy that is no superuser has to make loaders, too.
  FOR member IN SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolcreaterole AND NOT rolsuper LOOP
    EXECUTE format('GRANT ${LOADER} TO %I WITH ADMIN OPTION', member);
  END LOOP;
END $$`

/** Takes from PUBLIC what lets any role into a database, and gives it by name to the login roles that had it. */
export const closeDatabase = `
DO $$ DECLARE member name; BEGIN
  IF NOT has_database_privilege('public', current_database(), 'CONNECT') THEN RETURN; END IF;
  FOR member IN SELECT rolname FROM pg_roles
                 WHERE rolcanlogin AND NOT rolsuper AND rolname !~ '${ofTenants}' LOOP
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I', current_database(), member);
  END LOOP;
  EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
END $$`
