import { useMessages } from '../messages/use-messages.js'
import { Checkbox } from '../ui/checkbox.js'
import { SearchInput } from '../ui/search-input.js'
import { StreamRow } from './stream-row.js'
import type { StreamSelection } from './use-stream-selection.js'

/** From this many streams on, a search is worth its place. */
const searchFrom = 8

/** All streams with a box each, one of them open with its rows. */
export function StreamList({ selection, sourceId }: { selection: StreamSelection; sourceId: string }) {
  const { streams: texts } = useMessages()
  const { choices, shown, search, setSearch, selectedCount, openKey, setOpenKey, change } = selection
  const shownSelected = shown.filter(({ isSelected }) => isSelected).length
  return (
    <div className="opsai-streams" data-part="streams">
      <div className="opsai-streams-tools">
        <Checkbox
          label={texts.selectAll}
          checked={shown.length > 0 && shownSelected === shown.length}
          indeterminate={shownSelected > 0 && shownSelected < shown.length}
          onChange={(event) => selection.selectShown(event.target.checked)}
        />
        <span className="opsai-streams-count">{texts.selected(selectedCount, choices.length)}</span>
        {choices.length >= searchFrom && <SearchInput label={texts.searchLabel} value={search} onChange={setSearch} />}
      </div>
      {shown.length === 0 && <p className="opsai-streams-none">{texts.noMatch(search)}</p>}
      <ul className="opsai-streams-list">
        {shown.map((choice) => (
          <StreamRow
            key={choice.key}
            choice={choice}
            sourceId={sourceId}
            isOpen={choice.key === openKey}
            onToggle={() => setOpenKey(choice.key === openKey ? undefined : choice.key)}
            onChange={(changed) => {
              change(choice.key, changed)
              // What a new mode means, and what it needs, is told where the rows are.
              if (changed.syncMode) setOpenKey(choice.key)
            }}
          />
        ))}
      </ul>
    </div>
  )
}
