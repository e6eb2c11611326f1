import type { Sample } from '@opsai/contract'
import { useState } from 'react'
import {
  changeStream,
  filterChoices,
  findGaps,
  selectStreams,
  type StreamChange,
  toConnectionStreams,
  toDefaultChoices,
} from './stream-selection.js'

/**
 * What the user has chosen of a source's streams. Give the hook's component a `key` of the source, so that another
 * source starts anew.
 *
 * @example
 * const { shown, change, selectShown, toStreams } = useStreamSelection(sample)
 */
export function useStreamSelection(sample: Sample) {
  const [choices, setChoices] = useState(() => toDefaultChoices(sample))
  const [search, setSearch] = useState('')
  const [openKey, setOpenKey] = useState(() => choices[0]?.key)
  const shown = filterChoices(choices, search)
  const selectedCount = choices.filter(({ isSelected }) => isSelected).length
  return {
    choices,
    /** Those that match the search. */
    shown,
    search,
    setSearch,
    selectedCount,
    /** The stream whose rows are shown. */
    openKey,
    setOpenKey,
    change: (key: string, change: StreamChange) => setChoices((before) => changeStream(before, key, change)),
    /** Takes or leaves all that match the search. */
    selectShown: (isSelected: boolean) =>
      setChoices((before) =>
        selectStreams(
          before,
          shown.map(({ key }) => key),
          isSelected,
        ),
      ),
    /** What is still to be decided. */
    gaps: findGaps(choices),
    toStreams: () => toConnectionStreams(choices),
  }
}

/** See {@link useStreamSelection}. */
export type StreamSelection = ReturnType<typeof useStreamSelection>
