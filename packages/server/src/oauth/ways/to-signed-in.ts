// What a confirmed sign-in puts into a source, whichever way it went. Pure.
import type { SourceSpec } from '@opsai/airbyte-client'
import * as z from 'zod'
import { isTree } from '../../map/at-path.js'
import { withDiscriminator } from '../../map/sign-in.js'
import type { FlowRow } from '../../store/flows.js'

type Tree = Record<string, unknown>
type Spec = Pick<SourceSpec, 'advancedAuth' | 'advancedAuthGlobalCredentialsAvailable'>

/** What goes to Airbyte: tokens by Airbyte's own id of them, or in the configuration itself. */
export interface SignedIn {
  configuration: Tree
  secretId?: string
}

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
      return { configuration: merge(chosen, Placed.parse(JSON.parse(secret))) }
  }
}

/**
 * The same for a stored source that was signed in again: what changes and nothing else, to be merged (PATCH). What a
 * PATCH does not name stays, secrets too.
 */
export const toSignedInPatch = (way: FlowRow['way'], secret: string, spec: Spec): SignedIn =>
  toSignedIn(way, secret, spec, {})

/** What `ownApp` keeps of an answer: a configuration that holds the tokens, and the app's id and secret, alone. */
const Placed = z.record(z.string(), z.unknown())

/** Entries, so that `__proto__` is a name like any other. */
const merge = (into: Tree, from: Tree): Tree =>
  Object.fromEntries([
    ...Object.entries(into).filter(([key]) => !Object.hasOwn(from, key)),
    ...Object.entries(from).map(([key, value]) => {
      const before = Object.hasOwn(into, key) ? into[key] : undefined
      return [key, isTree(before) && isTree(value) ? merge(before, value) : value] as const
    }),
  ])
