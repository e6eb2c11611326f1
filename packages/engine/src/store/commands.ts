// Commands: work somebody asked for under an id of their own. The id is the only thing that makes it happen once.
import type { Sealer } from '../secrets/sealer.js'
import type { JsonObject } from '../secrets/schema.js'
import { queryOne, type Database, type Queryable } from './database.js'

export type CommandType = 'check' | 'discover' | 'spec' | 'replicate'
export type CommandStatus = 'pending' | 'running' | 'completed' | 'cancelled'

export interface CommandRow {
  commandId: string
  workspaceId: string
  commandType: CommandType
  status: CommandStatus
  /** What was asked, with stars for secrets. */
  shownInput: JsonObject
  /** What it ended in; null before that. */
  output: JsonObject | null
  /** Of a replication: the job it is. */
  jobId: number | null
  /** How often an engine began it: more than once where one died. */
  starts: number
  createdAt: Date
  updatedAt: Date
}

export interface NewCommand {
  commandId: string
  workspaceId: string
  commandType: CommandType
  shownInput: JsonObject
  /** Kept sealed until the command has ended. */
  input: JsonObject
}

const columns = `command_id AS "commandId", workspace_id AS "workspaceId", command_type AS "commandType", status,
  shown_input AS "shownInput", output, job_id AS "jobId", starts, created_at AS "createdAt", updated_at AS "updatedAt"`

/** Ended ones are forgotten after this. */
const keptFor = '1 day'

export function createCommandStore(database: Database, sealer: Sealer) {
  const bound = (commandId: string) => `command:${commandId}`

  return {
    /** `existing` where the id was used before: nothing is started a second time. */
    add: async (command: NewCommand, db: Queryable = database): Promise<'added' | 'existing'> => {
      const { rowCount } = await db.query(
        `INSERT INTO airbyte_engine.command
           (command_id, workspace_id, command_type, shown_input, sealed_input)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (command_id) DO NOTHING`,
        [
          command.commandId,
          command.workspaceId,
          command.commandType,
          JSON.stringify(command.shownInput),
          sealer.seal(command.input, bound(command.commandId)),
        ],
      )
      return rowCount === 1 ? 'added' : 'existing'
    },

    /** Which job a replication is: in the transaction that makes both. */
    setJob: async (commandId: string, jobId: number, tx: Queryable): Promise<void> => {
      await tx.query('UPDATE airbyte_engine.command SET job_id = $2 WHERE command_id = $1', [commandId, jobId])
    },

    get: (commandId: string): Promise<CommandRow | undefined> =>
      queryOne<CommandRow>(database, `SELECT ${columns} FROM airbyte_engine.command WHERE command_id = $1`, [
        commandId,
      ]),

    /** Waiting ones, and running ones, whose engine may have died. A replication is a job, and run as one. */
    claimable: async (except: string[]): Promise<string[]> => {
      const { rows } = await database.query<{ commandId: string }>(
        `SELECT command_id AS "commandId" FROM airbyte_engine.command
         WHERE status IN ('pending', 'running') AND command_type <> 'replicate' AND command_id <> ALL ($1::uuid[])
         ORDER BY created_at, command_id LIMIT 50`,
        [except],
      )
      return rows.map((row) => row.commandId)
    },

    /** The caller holds the command's lock. `undefined` where it has ended meanwhile. */
    claim: async (commandId: string): Promise<{ command: CommandRow; input: JsonObject } | undefined> => {
      const row = await queryOne<CommandRow & { sealed: Buffer | null }>(
        database,
        `UPDATE airbyte_engine.command SET status = 'running', starts = starts + 1, updated_at = now()
         WHERE command_id = $1 AND status IN ('pending', 'running') RETURNING ${columns}, sealed_input AS sealed`,
        [commandId],
      )
      if (!row?.sealed) return undefined
      const { sealed, ...command } = row
      return { command, input: sealer.open(sealed, bound(commandId)) as JsonObject }
    },

    /** Ends a running one; one that was cancelled under way stays so. */
    complete: async (commandId: string, output: JsonObject): Promise<void> => {
      await database.query(
        `UPDATE airbyte_engine.command
         SET status = 'completed', output = $2, sealed_input = NULL, updated_at = now()
         WHERE command_id = $1 AND status = 'running'`,
        [commandId, JSON.stringify(output)],
      )
    },

    cancel: async (commandId: string, output: JsonObject): Promise<void> => {
      await database.query(
        `UPDATE airbyte_engine.command
         SET status = 'cancelled', output = $2, sealed_input = NULL, updated_at = now()
         WHERE command_id = $1 AND status IN ('pending', 'running')`,
        [commandId, JSON.stringify(output)],
      )
    },

    /** Which of them need not go on: cancelled in whichever process, or gone. */
    ended: async (commandIds: string[]): Promise<string[]> => {
      const { rows } = await database.query<{ commandId: string }>(
        `SELECT id::text AS "commandId" FROM unnest($1::uuid[]) AS id
         WHERE NOT EXISTS (SELECT FROM airbyte_engine.command WHERE command_id = id AND status = 'running')`,
        [commandIds],
      )
      return rows.map((row) => row.commandId)
    },

    sweep: async (): Promise<void> => {
      await database.query(
        `DELETE FROM airbyte_engine.command WHERE created_at < now() - interval '${keptFor}'
         AND (command_type = 'replicate' OR status IN ('completed', 'cancelled'))`,
      )
    },
  }
}

export type CommandStore = ReturnType<typeof createCommandStore>
