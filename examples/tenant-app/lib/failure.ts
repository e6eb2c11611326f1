// What went wrong, in words a page can show. Messages of the database stay in the log: they may name hosts and roles.
import { SettingsError } from './env'

export type Failure = 'settings' | 'unreachable' | 'refused' | 'busy' | 'slow' | 'outdated' | 'address' | 'unknown'

const network = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET', 'EHOSTUNREACH', 'EAI_AGAIN', 'EPIPE'])
const states: readonly (readonly [RegExp, Failure])[] = [
  [/^(08|57P0)/, 'unreachable'],
  [/^(28|3D|42501$)/, 'refused'],
  [/^53/, 'busy'],
  [/^(57014|55P03)$/, 'slow'],
  [/^(42703|42883|42P01|42804)$/, 'outdated'],
  [/^22/, 'address'],
]

export function toFailure(error: unknown): Failure {
  if (error instanceof SettingsError) return 'settings'
  const { code, message } = toParts(error)
  if (network.has(code) || /timeout exceeded|connection terminated|Connection terminated/.test(message))
    return 'unreachable'
  if (/Query read timeout/.test(message)) return 'slow'
  return states.find(([pattern]) => pattern.test(code))?.[1] ?? 'unknown'
}

/** For the log: what kind of failure, and the database's own code. */
export function describeFailure(error: unknown): string {
  if (error instanceof SettingsError) return error.message
  const { code, message } = toParts(error)
  const isOurs = error instanceof Error && !code
  return `${toFailure(error)}${code && ` (${code})`}${isOurs ? `: ${message}` : ''}`
}

/** Several addresses of one host fail as one error of many. */
function toParts(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: '' }
  const first = error instanceof AggregateError ? (error.errors as unknown[])[0] : undefined
  const { code } = error as { code?: unknown }
  if (typeof code !== 'string' && first !== undefined) return toParts(first)
  return { code: typeof code === 'string' ? code : '', message: error.message }
}

/** What a page says. */
export const failureTexts: Readonly<Record<Failure, { title: string; text: string }>> = {
  settings: {
    title: 'This app is not set up',
    text: 'A setting is missing or wrong; the app’s log says which. It comes with the .env this app was made with.',
  },
  unreachable: {
    title: 'The database can’t be reached',
    text: 'It may be restarting. Try again in a moment; if that does not help, check DATABASE_URL.',
  },
  refused: {
    title: 'The database does not let this app in',
    text: 'Its login was changed or taken away. Run `opsai create` again: it brings a new .env.',
  },
  busy: { title: 'The database is busy', text: 'All of this app’s connections are in use. Try again in a moment.' },
  slow: {
    title: 'This took too long',
    text: 'The database was stopped after three seconds. Sort by another column, or look for less.',
  },
  outdated: {
    title: 'The data has changed its shape',
    text: 'A column this page reads is gone. Run `opsai create` again: it brings the app up to date.',
  },
  address: { title: 'This address leads nowhere', text: 'A part of it can’t be read. Go back to the first page.' },
  unknown: { title: 'Something went wrong', text: 'The app’s log says what. Try again in a moment.' },
}
