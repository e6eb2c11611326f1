// Postgres' and the network's errors, in words for the person who typed the connection details.
import { ConnectorError } from '../connector/connector-error.js'
import type { FailureType } from '../protocol/messages.js'

/** What went wrong, for whom, and where to look. Never holds the server's own text where that may quote data. */
export interface ExplainedFailure {
  failureType: FailureType
  message: string
  fields: string[][]
}

type Place = { host: string; port: number; database: string; username: string }
type Explain = (place: Place, error: { message: string }) => ExplainedFailure

const mistake = (fields: string[], message: string): ExplainedFailure => ({
  failureType: 'config_error',
  message,
  fields: fields.map((field) => [field]),
})
const passing = (message: string, fields: string[] = []): ExplainedFailure => ({
  failureType: 'transient_error',
  message,
  fields: fields.map((field) => [field]),
})

const refusedTls: Explain = ({ host }) =>
  mistake(
    ['ssl_mode'],
    `The certificate of "${host}" could not be verified. Check the CA certificate, or choose an SSL mode that does not verify.`,
  )
const unreachable: Explain = ({ host }) =>
  mistake(['host'], `"${host}" cannot be reached from here. Check the host, and that its firewall lets this server in.`)
const silent: Explain = ({ host, port }) =>
  mistake(
    ['host', 'port'],
    `"${host}" did not answer on port ${port} in time. Check both, and that its firewall lets this server in.`,
  )
const lost: Explain = ({ host }) => passing(`The connection to "${host}" was lost. Try again.`)
const stopping: Explain = ({ host }) =>
  passing(`The database server at "${host}" is starting or stopping. Try again shortly.`)

const byCode: Record<string, Explain> = {
  '28P01': ({ username }) =>
    mistake(['password'], `The password for user "${username}" was not accepted. Check username and password.`),
  '28000': ({ username, host }, { message }) =>
    /no encryption|SSL off/i.test(message)
      ? mistake(['ssl_mode'], `"${host}" only takes encrypted connections. Set the SSL mode to "require".`)
      : mistake(
          ['username'],
          `"${host}" does not let user "${username}" in. Check the username and the server's pg_hba.conf.`,
        ),
  '3D000': ({ database }) =>
    mistake(['database'], `There is no database "${database}" on this server. Check its name.`),
  ENOTFOUND: ({ host }) => mistake(['host'], `No server is called "${host}". Check the host for typing mistakes.`),
  EAI_AGAIN: ({ host }) => passing(`The name "${host}" could not be looked up just now. Try again.`, ['host']),
  ECONNREFUSED: ({ host, port }) =>
    mistake(
      ['host', 'port'],
      `Nothing answers at "${host}" on port ${port}. Check both, and that the database is running.`,
    ),
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  ETIMEDOUT: silent,
  ECONNRESET: lost,
  EPIPE: lost,
  '08006': lost,
  '08P01': lost,
  '57P01': stopping,
  '57P02': stopping,
  '57P03': stopping,
  '53300': ({ host }) => passing(`"${host}" has no connection free. Try again shortly.`),
  '53100': ({ host }) => passing(`The disk of "${host}" is full. Make room on it, then try again.`),
  '40001': () => passing('The database changed under way. Try again.'),
  '40P01': () => passing('The database was busy with a conflicting change. Try again.'),
  '55P03': () => passing('A table is locked by someone else. Try again when they are done.'),
  '57014': () => passing('The database took too long to answer. Try again when it is less busy.'),
  '25006': () => mistake(['host'], 'This server only takes reads. Use the primary server, not a replica.'),
  '42501': ({ username }, { message }) =>
    /schema/.test(message)
      ? mistake(
          ['schemas'],
          `User "${username}" may not use ${namedIn(message, 'schema')}. Grant USAGE on it, or leave it out.`,
        )
      : mistake(['username'], `User "${username}" lacks a right: ${message}. Grant it, or choose other tables.`),
  '3F000': (_, { message }) => mistake(['schemas'], `There is no ${namedIn(message, 'schema')}. Check its name.`),
  DEPTH_ZERO_SELF_SIGNED_CERT: refusedTls,
  SELF_SIGNED_CERT_IN_CHAIN: refusedTls,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: refusedTls,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: refusedTls,
  CERT_HAS_EXPIRED: refusedTls,
  ERR_TLS_CERT_ALTNAME_INVALID: refusedTls,
}

const byText: [RegExp, Explain][] = [
  [
    /does not support SSL/,
    ({ host }) =>
      mistake(['ssl_mode'], `"${host}" does not offer encryption. Set the SSL mode to "disable" or "prefer".`),
  ],
  [/timeout expired|Connection terminated due to connection timeout/, silent],
  [/client password must be a/, () => mistake(['password'], 'This server asks for a password. Type it.')],
  [/Connection terminated|Connection ended|closed the connection/, lost],
  [/PEM|certificate/i, refusedTls],
]

function namedIn(message: string, kind: string): string {
  const name = new RegExp(`${kind} "?([^"]+?)"?(?: does not exist)?$`).exec(message)?.[1]
  return name === undefined ? `that ${kind}` : `${kind} "${name}"`
}

/** The code an error carries: an SQLSTATE, or Node's. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Puts a failure into words. */
export function explainPostgresFailure(error: unknown, place: Place): ExplainedFailure {
  if (error instanceof ConnectorError)
    return { failureType: error.failureType, message: error.message, fields: error.fields }
  const message = error instanceof Error ? error.message : 'unknown failure'
  const explain = byCode[errorCode(error) ?? ''] ?? byText.find(([pattern]) => pattern.test(message))?.[1]
  if (explain) return explain(place, { message })
  return { failureType: 'system_error', message: `The database at "${place.host}" answered: ${message}`, fields: [] }
}

/** The same as an error to throw. */
export function toPostgresError(error: unknown, place: Place): ConnectorError {
  const { failureType, message, fields } = explainPostgresFailure(error, place)
  return new ConnectorError(failureType, message, fields)
}
