import type { Connector } from '@opsai/contract'
import { useId } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { Badge } from '../ui/badge.js'
import { Logo } from '../ui/logo.js'

export interface ConnectorCardProps {
  connector: Connector
  /** Why it is recommended; the first is shown in place of the description. */
  reasons?: readonly string[] | undefined
  onChoose: (connector: Connector) => void
}

/**
 * A connector in the gallery. Its name is the button, stretched over the card by style, so that a screen reader hears
 * the name and not the whole card; where it can't be connected there is no button, and the card says why.
 */
export function ConnectorCard({ connector, reasons = [], onChoose }: ConnectorCardProps) {
  const { catalog } = useMessages()
  const id = useId()
  const { name, description, iconUrl, availability, closest } = connector
  const text = availability === 'no_source' ? (closest ?? description) : (reasons[0] ?? description)
  return (
    <div className="opsai-card" data-part="connector-card" data-state={availability}>
      <Logo name={name} size={40} {...(iconUrl && { iconUrl })} />
      <div className="opsai-card-text">
        {availability === 'available' ? (
          <button type="button" className="opsai-card-name" aria-describedby={id} onClick={() => onChoose(connector)}>
            {name}
          </button>
        ) : (
          <span className="opsai-card-name">{name}</span>
        )}
        <p className="opsai-card-description" id={id}>
          {text}
        </p>
        {availability === 'needs_airbyte' && <Badge>{catalog.needsAirbyte}</Badge>}
        {availability === 'no_source' && <Badge>{catalog.notOffered}</Badge>}
      </div>
    </div>
  )
}
