import { type DatabaseFacts, type Environment, type PostgresFacts, readDatabaseFacts } from '@opsai/server/environment'
import { checkClock } from './check-clock.js'
import { explainPostgres } from './explain-postgres.js'
import { failed, type Finding, ok, warning } from './finding.js'

const OLDEST_VERSION = 14

/** The kit's own database: reachable, new enough, ours to make a schema in, and up to date. */
export async function checkDatabase(settings: Environment): Promise<{ findings: Finding[]; facts?: DatabaseFacts }> {
  const { DATABASE_URL: url, OPSAI_ENCRYPTION_KEY: encryptionKey, OPSAI_ENCRYPTION_KEYS_OLD: old } = settings
  if (!url) return { findings: [] }
  try {
    const facts = await readDatabaseFacts(url, encryptionKey ? { encryptionKey, oldEncryptionKeys: old } : undefined)
    return {
      facts,
      findings: [
        checkVersion('database', facts),
        checkClock("the database's", facts.clock),
        checkMigrations(facts),
        ...checkRotation(facts, settings),
      ],
    }
  } catch (error) {
    const { what, remedy } = explainPostgres(error, 'DATABASE_URL')
    return { findings: [failed('database', what, remedy)] }
  }
}

export function checkVersion(check: string, { majorVersion }: PostgresFacts): Finding {
  if (majorVersion >= OLDEST_VERSION) return ok(check, `PostgreSQL ${majorVersion} answers`)
  return failed(check, `PostgreSQL ${majorVersion} is too old`, `Update it to ${OLDEST_VERSION} or newer.`)
}

function checkMigrations({ migrations: { done, all }, mayCreateSchemas, user }: DatabaseFacts): Finding {
  if (done === 0 && !mayCreateSchemas)
    return failed(
      'database',
      `the role ${user} may not make the schema opsai`,
      `GRANT CREATE ON DATABASE … TO ${user}; or make the schema for it: CREATE SCHEMA opsai AUTHORIZATION ${user};`,
    )
  if (done === 0) return ok('database', 'empty: the first proxy that starts makes the schema opsai')
  if (done < all)
    return warning('database', `${done} of ${all} migrations have run`, 'Start a proxy of this version: it migrates.')
  if (done > all)
    return failed('database', 'the schema opsai is of a newer version', "Update this command to the proxy's version.")
  return ok('database', `the schema opsai is up to date (${done} of ${all} migrations)`)
}

function checkRotation({ oldSeals, since }: DatabaseFacts, settings: Environment): Finding[] {
  if (!settings.OPSAI_ENCRYPTION_KEY || !since) return []
  const isRotating = settings.OPSAI_ENCRYPTION_KEYS_OLD !== undefined
  if (oldSeals > 0)
    return isRotating
      ? [
          warning(
            'keys',
            `${oldSeals} values are still sealed under an older key`,
            'Leave OPSAI_ENCRYPTION_KEYS_OLD as it is: a running proxy seals them anew within minutes.',
          ),
        ]
      : [
          failed(
            'keys',
            `${oldSeals} values are sealed under a key that is not set`,
            'Put the former key into OPSAI_ENCRYPTION_KEYS_OLD.',
          ),
        ]
  if (isRotating)
    return [
      warning('keys', 'nothing is sealed under an older key any more', 'OPSAI_ENCRYPTION_KEYS_OLD can be taken away.'),
    ]
  const days = Math.floor((Date.now() - since.getTime()) / 86_400_000)
  return [ok('keys', `everything is sealed under OPSAI_ENCRYPTION_KEY, which is at most ${days} days in use`)]
}
