// Access tokens of sources, and who is renewing one: at most one process at a time, told by the database's clock.
import type { TokenState } from '../oauth/token-decision.js'
import type { Sealer } from '../secrets/sealer.js'
import { inTransaction, queryOne, type Database, type Queryable } from './database.js'

export interface FoundToken {
  state: TokenState
  /** Somebody is renewing it. */
  isHeld: boolean
}

interface Row {
  sealed: Buffer
  isHeld: boolean
}

const columns = 'sealed, coalesce(held_until > now(), false) AS "isHeld"'

export function createSourceTokenStore(database: Database, sealer: Sealer) {
  const place = (sourceId: string) => `source_token:${sourceId}`
  const seal = (sourceId: string, state: TokenState) => sealer.seal(state, place(sourceId))
  const open = (sourceId: string, row: Row | undefined): FoundToken => ({
    state: row ? (sealer.open(row.sealed, place(sourceId)) as TokenState) : {},
    isHeld: row?.isHeld ?? false,
  })

  /** Inside a transaction: nobody else changes it until the end of that. */
  async function getForUpdate(sourceId: string, tx: Queryable): Promise<FoundToken> {
    await tx.query(
      'INSERT INTO airbyte_engine.source_token (source_id, sealed) VALUES ($1, $2) ON CONFLICT (source_id) DO NOTHING',
      [sourceId, seal(sourceId, {})],
    )
    const sql = `SELECT ${columns} FROM airbyte_engine.source_token WHERE source_id = $1 FOR UPDATE`
    return open(sourceId, await queryOne<Row>(tx, sql, [sourceId]))
  }

  return {
    get: async (sourceId: string): Promise<FoundToken> => {
      const sql = `SELECT ${columns} FROM airbyte_engine.source_token WHERE source_id = $1`
      return open(sourceId, await queryOne<Row>(database, sql, [sourceId]))
    },

    /** Decides while nobody else can, and takes hold where the decision comes with a state to begin with. */
    take: <T extends { begin?: TokenState }>(
      sourceId: string,
      { holder, ms }: { holder: string; ms: number },
      decide: (found: FoundToken, tx: Queryable) => Promise<T>,
    ): Promise<T> =>
      inTransaction(database, async (tx) => {
        const decided = await decide(await getForUpdate(sourceId, tx), tx)
        if (decided.begin) {
          await tx.query(
            `UPDATE airbyte_engine.source_token
             SET sealed = $2, held_by = $3, held_until = now() + make_interval(secs => $4) WHERE source_id = $1`,
            [sourceId, seal(sourceId, decided.begin), holder, ms / 1_000],
          )
        }
        return decided
      }),

    /** Ends the hold with a new state. False, and nothing done, where somebody else has it by now. */
    settle: async (sourceId: string, holder: string, state: TokenState, tx: Queryable = database): Promise<boolean> => {
      const { rowCount } = await tx.query(
        `UPDATE airbyte_engine.source_token SET sealed = $3, held_by = NULL, held_until = NULL
         WHERE source_id = $1 AND held_by = $2`,
        [sourceId, holder, seal(sourceId, state)],
      )
      return rowCount === 1
    },

    /** Changes a state, whoever holds it. */
    change: (sourceId: string, change: (state: TokenState) => TokenState): Promise<void> =>
      inTransaction(database, async (tx) => {
        const { state } = await getForUpdate(sourceId, tx)
        const sql = 'UPDATE airbyte_engine.source_token SET sealed = $2 WHERE source_id = $1'
        await tx.query(sql, [sourceId, seal(sourceId, change(state))])
      }),
  }
}

export type SourceTokenStore = ReturnType<typeof createSourceTokenStore>
