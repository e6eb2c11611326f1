import { useState } from 'react'
import { useDocumentation } from '../queries/documentation.js'

/** What {@link useSetupGuide} takes. */
export interface SetupGuideOptions {
  sourceType: string
  /** A connected source: the guide of the version it runs. */
  sourceId?: string | undefined
  /** Where the guide is found until Airbyte serves one, from the connector's spec. */
  documentationUrl?: string | undefined
}

const storageKey = 'opsai.guide'

/**
 * A connector's setup guide and whether it is shown. Put away once, it stays away until the tab is closed.
 *
 * @example
 * const guide = useSetupGuide({ sourceType: 'postgres' })
 * if (guide.state === 'beside') return <MyPanel markdown={guide.markdown} />
 */
export function useSetupGuide({ sourceType, sourceId, documentationUrl }: SetupGuideOptions) {
  const { data } = useDocumentation(sourceType, sourceId)
  const [isAway, setAway] = useState(wasPutAway)
  const markdown = data?.markdown
  return {
    markdown,
    /** The guide in a window of its own. */
    url: data?.documentationUrl ?? documentationUrl,
    /** `none` where there is no text to show. */
    state: markdown === undefined ? ('none' as const) : isAway ? ('away' as const) : ('beside' as const),
    show: () => setAway(remember(false)),
    putAway: () => setAway(remember(true)),
  }
}

/** See {@link useSetupGuide}. */
export type SetupGuide = ReturnType<typeof useSetupGuide>

// A browser that keeps nothing (a sandboxed frame) throws at the word `sessionStorage`: it then remembers nothing.
function wasPutAway(): boolean {
  try {
    return globalThis.sessionStorage?.getItem(storageKey) === 'away'
  } catch {
    return false
  }
}

function remember(isAway: boolean): boolean {
  try {
    if (isAway) sessionStorage.setItem(storageKey, 'away')
    else sessionStorage.removeItem(storageKey)
  } catch {
    // Then it is shown again with the next connector.
  }
  return isAway
}
