// A connector's manual, to be read beside its form. It is a stranger's text: handed on as it is, never as a page.
import { isAirbyteError } from '@opsai/airbyte-client'
import { isGone } from '../map/is-gone.js'
import type { Airbyte } from '../services.js'
import { createMemory } from './memory.js'

const KEPT_MS = 600_000
/** A manual has some ten kilobytes; a hundred of the longest allowed are what one process may spend on them. */
const MOST_KEPT = 100
const MAX_BYTES = 1024 * 1024

export interface Documented {
  workspaceId: string
  definitionId: string
  /** The version new sources get, so that a new one is read anew. */
  version?: string
  /** Instead: of the version that this source runs. */
  sourceId?: string
}

/** Answers nothing where Airbyte has none for this connector, or has no call for it. */
export type Documentation = (of: Documented) => Promise<string | undefined>

export function createDocumentation({ connectors }: Pick<Airbyte, 'connectors'>, now: () => Date): Documentation {
  const kept = createMemory<string | undefined>(KEPT_MS, now, MOST_KEPT)
  return async ({ workspaceId, definitionId, version, sourceId }) =>
    await kept([definitionId, version, sourceId].join(' '), async () => {
      const of = { actorType: 'source', definitionId, workspaceId, ...(sourceId && { actorId: sourceId }) } as const
      try {
        return capped(await connectors.documentation(of)) || undefined
      } catch (error) {
        if (isGone(error) || (isAirbyteError(error) && error.code === 'not_supported')) return undefined
        throw error
      }
    })
}

/** Ends with a whole paragraph where it is too long. */
export function capped(text: string, maxBytes = MAX_BYTES): string {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= maxBytes) return text
  const start = new TextDecoder().decode(bytes.subarray(0, maxBytes)).replace(/\uFFFD+$/, '')
  const end = Math.max(start.lastIndexOf('\n\n'), 0)
  return start.slice(0, end)
}
