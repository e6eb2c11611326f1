// Airbyte's answer to a test → what the user reads: which field, and what to do about it. Pure.
import type { Check } from '@opsai/airbyte-client'
import type { CheckResult, FieldError } from '@opsai/contract'
import { scrubText } from '../secrets/scrub.js'

interface Rule {
  says: RegExp
  /** Last part of a field's path, most likely first. */
  fields: readonly string[]
  remedy: string
}

const rules: readonly Rule[] = [
  {
    says: /password authentication failed|access denied for user|invalid (username or )?password|login failed/i,
    fields: ['password'],
    remedy: 'Check the user name and the password.',
  },
  {
    says: /role ".*" does not exist|unknown user|user .* does not exist/i,
    fields: ['username', 'user'],
    remedy: 'Check the user name.',
  },
  {
    says: /database ".*" does not exist|unknown database/i,
    fields: ['database'],
    remedy: 'Check the name of the database.',
  },
  {
    says: /ENOTFOUND|EAI_AGAIN|UnknownHost|could not translate host|name or service not known|getaddrinfo/i,
    fields: ['host', 'base_url', 'url', 'domain', 'subdomain'],
    remedy: 'Check the address for typing errors.',
  },
  {
    says: /ECONNREFUSED|connection refused/i,
    fields: ['port', 'host'],
    remedy: 'Check host and port, and that a firewall lets us in.',
  },
  { says: /ETIMEDOUT|timed? ?out/i, fields: ['host'], remedy: 'Check the host, and that a firewall lets us in.' },
  {
    says: /\bssl\b|\btls\b|certificate|no pg_hba\.conf entry/i,
    fields: ['ssl_mode', 'ssl'],
    remedy: 'Try another SSL mode.',
  },
  {
    says: /permission denied for (schema|table)|insufficient privilege/i,
    fields: ['schemas', 'schema', 'username'],
    remedy: 'Give this user the right to read these schemas.',
  },
  {
    says: /\b403\b|forbidden|insufficient.*scope|missing.*scope/i,
    fields: ['credentials', 'api_key'],
    remedy: 'Give this key or sign-in more permission.',
  },
  {
    says: /\b401\b|unauthori[sz]ed|invalid (api )?(key|token)|invalid_grant|authentication failed|bad credentials/i,
    fields: ['api_key', 'api_token', 'access_token', 'token', 'client_secret', 'password', 'credentials'],
    remedy: 'Check the key or sign in again.',
  },
  {
    says: /\b404\b|not found/i,
    fields: ['base_url', 'url', 'subdomain', 'account_id'],
    remedy: 'Check the address or the account.',
  },
]

const anything = 'Check what you entered, then test again.'

/** All paths to leaves and their parents, shallow first. */
function listPaths(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const here = Object.keys(value).map((key) => [...at, key])
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...at, key]))]
}

function findField(fields: readonly string[], configuration: unknown): string[] | undefined {
  const paths = listPaths(configuration)
  return fields.map((field) => paths.find((path) => path.at(-1) === field)).find((path) => path !== undefined)
}

/** The embedded engine says which fields; it names them beside Airbyte's own answer. */
function readNamedFields(check: Check): string[][] {
  const named = check['opsaiFields']
  if (!Array.isArray(named)) return []
  return named.filter((path): path is string[] => Array.isArray(path) && path.every((part) => typeof part === 'string'))
}

/** One line, nothing of a log. */
const toMessage = (text: string) => scrubText(text).split('\n')[0]?.trim().slice(0, 500) ?? ''

/** @param configuration what was tested, to find the field in */
export function toCheckResult(check: Check, configuration: unknown): CheckResult {
  if (check.status === 'succeeded') return { status: 'succeeded' }
  const said = toMessage(check.message || check.jobInfo.failureReason?.externalMessage || 'The test could not be run.')
  const rule = rules.find(({ says }) => says.test(said))
  const named = readNamedFields(check)
  const guessed = rule && findField(rule.fields, configuration)
  const paths = named.length > 0 ? named : guessed ? [guessed] : []
  const fieldErrors: FieldError[] = paths.map((path) => ({ path, code: 'rejected', message: said }))
  return {
    status: 'failed',
    message: said,
    ...(fieldErrors.length > 0 && { fieldErrors }),
    remedy: rule?.remedy ?? anything,
  }
}
