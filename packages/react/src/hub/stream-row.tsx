import { syncModes, type SyncMode } from '@opsai/contract'
import { useId } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { Button } from '../ui/button.js'
import { Checkbox } from '../ui/checkbox.js'
import { Select } from '../ui/select.js'
import { SampleRows } from './sample-rows.js'
import { needsCursor, needsPrimaryKey, type StreamChange, type StreamChoice } from './stream-selection.js'

export interface StreamRowProps {
  choice: StreamChoice
  sourceId: string
  isOpen: boolean
  onToggle: () => void
  onChange: (change: StreamChange) => void
}

/** One stream: taken or left, how it syncs, and, opened, what its mode means and its first rows. */
export function StreamRow({ choice, sourceId, isOpen, onToggle, onChange }: StreamRowProps) {
  const { streams: texts } = useMessages()
  const id = useId()
  const { stream, syncMode, isSelected } = choice
  return (
    <li className="opsai-stream" data-state={isOpen ? 'open' : 'closed'} data-selected={isSelected || undefined}>
      <div className="opsai-stream-head">
        <Checkbox
          aria-label={texts.selectOne(stream.name)}
          checked={isSelected}
          onChange={(event) => onChange({ isSelected: event.target.checked })}
        />
        <span className="opsai-stream-name">
          {stream.namespace && <span className="opsai-stream-namespace">{stream.namespace}.</span>}
          {stream.name}
        </span>
        <Select
          aria-label={texts.howLabel(stream.name)}
          aria-describedby={isOpen ? `${id}-hint` : undefined}
          value={syncMode}
          disabled={!isSelected}
          onChange={(event) => onChange({ syncMode: toSyncMode(event.target.value, syncMode) })}
        >
          {stream.syncModes.map((mode) => (
            <option key={mode} value={mode}>
              {texts.modes[mode]}
            </option>
          ))}
        </Select>
        <Button
          size="small"
          variant="quiet"
          aria-label={texts.previewOf(stream.name)}
          aria-expanded={isOpen}
          aria-controls={isOpen ? `${id}-more` : undefined}
          onClick={onToggle}
        >
          {texts.preview}
        </Button>
      </div>
      {isOpen && (
        <div className="opsai-stream-more" id={`${id}-more`}>
          <p className="opsai-stream-hint" id={`${id}-hint`}>
            {texts.modeHints[syncMode]}
          </p>
          <Pickers choice={choice} onChange={onChange} />
          <SampleRows sourceId={sourceId} stream={stream} />
        </div>
      )}
    </li>
  )
}

/** A select's value is a string; what it may hold is known. */
const toSyncMode = (value: string, fallback: SyncMode): SyncMode => syncModes.find((mode) => mode === value) ?? fallback

function Pickers({ choice, onChange }: Pick<StreamRowProps, 'choice' | 'onChange'>) {
  const { streams: texts } = useMessages()
  const { stream, columns, cursorField, primaryKey } = choice
  return (
    <div className="opsai-stream-pickers">
      {needsCursor(choice) && (
        <ColumnPicker
          label={texts.cursorLabel(stream.name)}
          hint={texts.cursorHint}
          columns={columns}
          value={cursorField?.[0]}
          onPick={(column) => onChange({ cursorField: [column] })}
        />
      )}
      {needsPrimaryKey(choice) && (
        <ColumnPicker
          label={texts.primaryKeyLabel(stream.name)}
          hint={texts.primaryKeyHint}
          columns={columns}
          value={primaryKey?.[0]?.[0]}
          onPick={(column) => onChange({ primaryKey: [[column]] })}
        />
      )}
    </div>
  )
}

interface ColumnPickerProps {
  label: string
  hint: string
  columns: readonly string[]
  value: string | undefined
  onPick: (column: string) => void
}

function ColumnPicker({ label, hint, columns, value, onPick }: ColumnPickerProps) {
  const { streams: texts } = useMessages()
  const id = useId()
  return (
    <div className="opsai-stream-picker">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        aria-describedby={`${id}-hint`}
        value={value ?? ''}
        onChange={(event) => onPick(event.target.value)}
      >
        <option value="" disabled>
          {texts.pickOne}
        </option>
        {columns.map((column) => (
          <option key={column}>{column}</option>
        ))}
      </Select>
      <p className="opsai-stream-hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  )
}
