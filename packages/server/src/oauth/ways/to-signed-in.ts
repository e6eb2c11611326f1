// What a confirmed sign-in puts into a source, whichever way it went. Pure.
import type { SourceSpec } from '@opsai/airbyte-client'
import * as z from 'zod'
import { writeAt } from '../../map/at-path.js'
import { withDiscriminator } from '../../map/sign-in.js'
import type { FlowRow } from '../../store/flows.js'

type Tree = Record<string, unknown>
type Spec = Pick<SourceSpec, 'advancedAuth' | 'advancedAuthGlobalCredentialsAvailable'>

/** One value and its place in the configuration: a token, or the app's id or secret. */
const Leaf = z.object({ path: z.array(z.string()).min(1), value: z.string() })
export type Leaf = z.infer<typeof Leaf>

/** What goes to Airbyte: tokens by Airbyte's own id of them, or in the configuration itself. */
export interface SignedIn {
  configuration: Tree
  secretId?: string
}

/** What is kept of the provider's answer until its owner confirms it. To be sealed: it is all secrets. */
export const toOwnAppSecret = (leaves: readonly Leaf[]): string => JSON.stringify(leaves)

/**
 * The configuration to create a source with.
 *
 * @param secret what `Way.complete` answered
 * @example
 * const source = toSignedIn(flow.way, secret, spec, configuration)
 * await airbyte.sources.create({ workspaceId, name, definitionId, ...source })
 */
export function toSignedIn(way: FlowRow['way'], secret: string, spec: Spec, configuration: Tree): SignedIn {
  const chosen = withDiscriminator(spec, configuration)
  switch (way) {
    case 'airbyte':
      return { configuration: chosen, secretId: secret }
    case 'own_app':
      return { configuration: place(chosen, secret) }
  }
}

/**
 * The same for a stored source that was signed in again: what changes and nothing else, to be merged (PATCH). What a
 * PATCH does not name stays, secrets too.
 */
export const toSignedInPatch = (way: FlowRow['way'], secret: string, spec: Spec): SignedIn =>
  toSignedIn(way, secret, spec, {})

const place = (configuration: Tree, secret: string): Tree =>
  z
    .array(Leaf)
    .parse(JSON.parse(secret))
    .reduce((placed, { path, value }) => writeAt(placed, path, value), configuration)
