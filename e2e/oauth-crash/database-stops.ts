// Stops the proxy inside its own database, from outside: a trigger of the test's waits for a lock the test holds.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A statement is made to wait before a flow becomes so. */
export type DatabaseStop = 'confirmed' | 'creating' | 'completed'

export interface DatabaseStops {
  /** A statement about this flow will wait there. Answers how to wait until one does. */
  arm(flowId: string, at: DatabaseStop): Promise<() => Promise<void>>
  /** Ends the connections that wait: what they were about to do is rolled back. */
  drop(): Promise<void>
  close(): Promise<void>
}

const lock = 4_711_007
const triggers = `
CREATE TABLE public.crash_stops (flow_id text, stop_at text);
CREATE FUNCTION public.crash_stop_flow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> OLD.status AND EXISTS
    (SELECT FROM public.crash_stops WHERE flow_id = NEW.flow_id AND stop_at = NEW.status)
  THEN PERFORM pg_advisory_xact_lock(${lock}); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER crash_stop BEFORE UPDATE ON opsai.flows FOR EACH ROW EXECUTE FUNCTION public.crash_stop_flow();
`
const waiting = `FROM pg_locks WHERE locktype = 'advisory' AND objid = ${lock} AND NOT granted`

/** @param url of a database a proxy has set up already */
export async function setDatabaseStops(url: string): Promise<DatabaseStops> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(triggers)
  await client.query('SELECT pg_advisory_lock($1)', [lock])
  const countWaiting = async () => {
    const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n ${waiting}`)
    return rows[0]?.n ?? 0
  }
  return {
    arm: async (flowId, at) => {
      const before = await countWaiting()
      await client.query('INSERT INTO public.crash_stops VALUES ($1, $2)', [flowId, at])
      return async () => {
        while ((await countWaiting()) === before) await sleep(20)
      }
    },
    drop: async () => {
      await client.query('DELETE FROM public.crash_stops')
      await client.query(`SELECT pg_terminate_backend(pid) ${waiting}`)
      while ((await countWaiting()) > 0) await sleep(20)
    },
    close: () => client.end(),
  }
}
