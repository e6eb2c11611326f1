import { randomBytes, randomUUID } from 'node:crypto'
import type { Sealer } from '../secrets/sealer.js'
import { queryOne, type Database } from './database.js'

/** Credentials that get a token. */
export interface Application {
  applicationId: string
  name: string
  clientId: string
  clientSecret: string
  createdAt: Date
}

interface Row extends Omit<Application, 'clientSecret'> {
  sealed: Buffer
}

const columns = `application_id AS "applicationId", name, client_id AS "clientId", client_secret AS sealed,
  created_at AS "createdAt"`

/** Applications made over the API. Airbyte shows their secrets again, so they are sealed and not hashed. */
export function createApplicationStore(database: Database, sealer: Sealer) {
  const rowOf = (applicationId: string) => `application:${applicationId}`
  const open = ({ sealed, ...row }: Row): Application => ({
    ...row,
    clientSecret: sealer.open(sealed, rowOf(row.applicationId)) as string,
  })

  return {
    create: async (name: string): Promise<Application> => {
      const applicationId = randomUUID()
      const clientSecret = randomBytes(32).toString('base64url')
      const row = await queryOne<Row>(
        database,
        `INSERT INTO airbyte_engine.application (application_id, name, client_id, client_secret)
         VALUES ($1, $2, $3, $4) RETURNING ${columns}`,
        [applicationId, name, randomUUID(), sealer.seal(clientSecret, rowOf(applicationId))],
      )
      if (!row) throw new Error('The application was not stored.')
      return open(row)
    },

    get: async (applicationId: string): Promise<Application | undefined> => {
      const sql = `SELECT ${columns} FROM airbyte_engine.application WHERE application_id = $1`
      const row = await queryOne<Row>(database, sql, [applicationId])
      return row && open(row)
    },

    byClientId: async (clientId: string): Promise<Application | undefined> => {
      const sql = `SELECT ${columns} FROM airbyte_engine.application WHERE client_id = $1`
      const row = await queryOne<Row>(database, sql, [clientId])
      return row && open(row)
    },

    list: async (): Promise<Application[]> => {
      const sql = `SELECT ${columns} FROM airbyte_engine.application ORDER BY created_at, application_id`
      return (await database.query<Row>(sql)).rows.map(open)
    },

    delete: async (applicationId: string): Promise<Application | undefined> => {
      const sql = `DELETE FROM airbyte_engine.application WHERE application_id = $1 RETURNING ${columns}`
      const row = await queryOne<Row>(database, sql, [applicationId])
      return row && open(row)
    },
  }
}

export type ApplicationStore = ReturnType<typeof createApplicationStore>
