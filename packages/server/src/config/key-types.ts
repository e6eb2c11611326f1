// The kinds of values settings have. Every message says what the value must be and nothing of what it is.
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { isLoopbackHost } from './is-loopback-host.js'
import { OAuthApps, toAppFaults } from './oauth-app.js'

export const Text = z.string().min(1)

export const Port = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(1024, 'must be 1024 or more')
  .max(65_530, 'must be 65530 or less, for the five ports behind it are used too')

/** An amount of something that is paid for. */
export const Amount = z.coerce.number('must be a number').min(0, 'must be 0 or more')

export const Days = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(1, 'must be 1 or more')
  .max(180, 'must be 180 or less')

const url = (protocol: RegExp, example: string) => z.url({ protocol, error: `must be a URL such as ${example}` })

const holdsNobody = (text: string) => !URL.canParse(text) || (!new URL(text).username && !new URL(text).password)

export const HttpUrl = url(/^https?$/, 'https://airbyte.example.com').refine(
  holdsNobody,
  'must have no user name or password in it',
)
export const PostgresUrl = url(/^postgres(ql)?$/, 'postgresql://user:password@host:5432/db')
export const RedisUrl = url(/^rediss?$/, 'redis://host:6379')

/** `host:port/database`, with or without a scheme. */
export const DatabaseAddress = z
  .string()
  .regex(/^(postgres(ql)?:\/\/)?[^\s/@]+(:\d+)?(\/[^\s/]+)?(\?\S*)?$/, 'must look like host:5432/database')

export const HostAndPort = z.string().regex(/^[^\s/@]+:\d+$/, 'must look like host:6379')

/** Scheme, host and port. A slash at the end is taken off. */
export const Origin = z
  .string()
  .transform((text) => text.replace(/\/$/, ''))
  .pipe(z.string().regex(/^https?:\/\/[^/?#\s@]+$/, 'must be an origin such as https://app.example.com'))

export const BasePath = z.string().regex(/^(\/[\w.-]+)+$/, 'must look like /api/airbyte')

const splitList = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** Pages a browser is sent back to: https, or http on this machine. */
const Page = url(/^https?$/, 'https://app.example.com/airbyte-return')
  .refine((text) => !text.includes('#'), 'must have no fragment (#…)')
  .refine(holdsNobody, 'must have no user name or password in it')
  .refine(
    (text) => !URL.canParse(text) || new URL(text).protocol === 'https:' || isLoopbackHost(new URL(text).hostname),
    'must be https: only localhost may be http',
  )
export const Pages = z.string().transform(splitList).pipe(z.array(Page))

/** A key of AES-256 as `openssl rand -base64 32` prints it. */
const is32Bytes = (text: string) => /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && Buffer.from(text, 'base64').length === 32
export const Key32 = z.string().refine(is32Bytes, 'must be 32 bytes in base64')
export const Keys32 = z.string().transform(splitList).pipe(z.array(Key32))

export const HostKey = z.string().min(32, 'must have at least 32 characters')

/** Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
export const WebhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ and 24 to 64 bytes in base64')

export const LogLevel = z.enum(
  ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
  'must be one of fatal, error, warn, info, debug, trace, silent',
)

function toOAuthApps(text: string, context: z.RefinementCtx): OAuthApps {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    context.addIssue('must be JSON such as {"slack": {"clientId": "…", "clientSecret": "…"}}')
    return z.NEVER
  }
  const parsed = OAuthApps.safeParse(value)
  if (parsed.success) return parsed.data
  context.addIssue(`is wrong: ${toAppFaults(parsed.error.issues).join('; ')}`)
  return z.NEVER
}

/** Apps as JSON. */
export const OAuthAppsText = z.string().transform(toOAuthApps)

/** The same in a file: how secrets are often handed to a container. */
export const OAuthAppsFile = z.string().transform((path, context): OAuthApps => {
  try {
    return toOAuthApps(readFileSync(path, 'utf8'), context)
  } catch {
    context.addIssue('must name a file that can be read')
    return z.NEVER
  }
})
