// An OAuth app of the operator's own as it is written down, in options and in the environment alike.
import { parseOAuthSpec } from '@opsai/oauth'
import * as z from 'zod'

/** How a connector's sign-in goes, as a connector's own specification says it (`oauth_config_specification`). */
const Declaration = z
  .strictObject({
    oauth_connector_input_specification: z.record(z.string(), z.unknown(), { error: 'must be an object' }),
    oauth_user_input_from_connector_config_specification: z.record(z.string(), z.unknown()),
    complete_oauth_output_specification: z.record(z.string(), z.unknown()),
    complete_oauth_server_input_specification: z.record(z.string(), z.unknown()),
    complete_oauth_server_output_specification: z.record(z.string(), z.unknown()),
  })
  .partial()
export type Declaration = z.infer<typeof Declaration>

const needed = z.string({ error: 'is needed' }).trim().min(1, 'is needed')

/** @see OAuthAppOptions of options.ts, which describes every key */
export const OAuthApp = z
  .strictObject({
    clientId: needed,
    clientSecret: needed,
    scope: z.string().min(1, 'must not be empty').optional(),
    pkce: z.enum(['S256', 'none'], "must be 'S256' or 'none'").optional(),
    allowPrivate: z.boolean('must be true or false').default(false),
    declaration: Declaration.optional(),
  })
  .superRefine(({ declaration, allowPrivate }, context) => {
    const message = declaration && findFault(declaration, allowPrivate)
    if (message) context.addIssue({ code: 'custom', path: ['declaration'], message })
  })
export type OAuthApp = z.infer<typeof OAuthApp>

/** By the connector's short name, as it is on offer: `slack`. */
export const OAuthApps = z.record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/), OAuthApp)
export type OAuthApps = z.infer<typeof OAuthApps>

/** What can be seen without the connector's own specification; names of its fields can't. */
function findFault(declaration: Declaration, allowHttpLoopback: boolean): string | undefined {
  if (!declaration.oauth_connector_input_specification) return undefined
  const read = parseOAuthSpec({ oauth_config_specification: declaration }, { allowHttpLoopback })
  if (read.kind === 'declarative' || read.reason === 'unknown_variable') return undefined
  return `can not be used: ${read.message.replace(/\s+/g, ' ')}`
}

/**
 * What is wrong with apps, each to be read after the name of the setting: `slack.clientSecret is needed`. Names nothing
 * but connectors and our own keys.
 */
export const toAppFaults = (issues: readonly z.core.$ZodIssue[]): string[] =>
  issues.flatMap((issue) => {
    const [app, ...path] = issue.path.map(String)
    const name = app !== undefined && /^[a-z0-9][a-z0-9-]{0,99}$/.test(app) ? app : undefined
    if (app !== undefined && name === undefined)
      return ['has an app whose name is no connector: names look like slack or google-sheets']
    const place = [name, ...path].filter(Boolean).join('.')
    if (issue.code === 'unrecognized_keys') return [`${place} has keys that are not known: ${known}`]
    return [`${place} ${issue.message}`.trim()]
  })

const known = 'clientId, clientSecret, scope, pkce, allowPrivate and declaration are'
