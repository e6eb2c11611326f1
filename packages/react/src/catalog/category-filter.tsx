import { useMessages } from '../messages/use-messages.js'
import type { ConnectorCategoryName } from './use-connector-catalog.js'

export interface CategoryFilterProps {
  /** Groups to offer, in order. */
  categories: readonly ConnectorCategoryName[]
  selected: ConnectorCategoryName | undefined
  onSelect: (category: ConnectorCategoryName | undefined) => void
}

/** The groups a person looks under; one at a time, all by default. */
export function CategoryFilter({ categories, selected, onSelect }: CategoryFilterProps) {
  const { catalog } = useMessages()
  const choices = [undefined, ...categories]
  return (
    <div className="opsai-categories" role="group" aria-label={catalog.categories}>
      {choices.map((category) => (
        <button
          key={category ?? 'all'}
          type="button"
          className="opsai-category"
          aria-pressed={category === selected}
          onClick={() => onSelect(category)}
        >
          {category ?? catalog.all}
        </button>
      ))}
    </div>
  )
}
