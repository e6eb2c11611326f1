import type { BusinessProfile, Connector } from '@opsai/contract'
import { useMessages } from '../messages/use-messages.js'
import { Button } from '../ui/button.js'
import { EmptyState } from '../ui/empty-state.js'
import { SearchInput } from '../ui/search-input.js'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.js'
import { VisuallyHidden } from '../ui/visually-hidden.js'
import { ErrorNotice } from '../provider/error-notice.js'
import { CategoryFilter } from './category-filter.js'
import { ConnectorCard } from './connector-card.js'
import { useConnectorCatalog } from './use-connector-catalog.js'

/** What {@link ConnectorCatalog} takes. */
export interface ConnectorCatalogProps {
  /** Shows a row of recommendations made from it. */
  businessProfile?: BusinessProfile | undefined
  /** A connector that can be connected was chosen. */
  onChoose: (connector: Connector) => void
  /** Level of its section headings, one below the heading above it. @default 2 */
  headingLevel?: 2 | 3 | 4 | undefined
}

/**
 * The gallery of tools to connect: recommended first, by group, searchable.
 *
 * @example
 * <ConnectorCatalog businessProfile={profile} onChoose={({ sourceType }) => open(sourceType)} />
 */
export function ConnectorCatalog({ businessProfile, onChoose, headingLevel = 2 }: ConnectorCatalogProps) {
  const { catalog } = useMessages()
  const gallery = useConnectorCatalog({ businessProfile })
  const parts: PartProps = { gallery, onChoose, Heading: `h${headingLevel}` }
  return (
    <div className="opsai-catalog" data-part="connector-catalog">
      <div className="opsai-catalog-tools">
        <SearchInput
          label={catalog.searchLabel}
          placeholder={catalog.searchPlaceholder}
          value={gallery.search}
          onChange={gallery.setSearch}
        />
        <CategoryFilter categories={gallery.categories} selected={gallery.category} onSelect={gallery.setCategory} />
      </div>
      <Recommended {...parts} />
      <Results {...parts} />
    </div>
  )
}

interface PartProps extends Pick<ConnectorCatalogProps, 'onChoose'> {
  gallery: ReturnType<typeof useConnectorCatalog>
  Heading: 'h2' | 'h3' | 'h4'
}

function Recommended({ gallery, onChoose, Heading }: PartProps) {
  const { catalog } = useMessages()
  if (gallery.isRecommending) return <CardSkeletons count={3} />
  if (gallery.recommended.length === 0) return null
  return (
    <section className="opsai-catalog-section" aria-label={catalog.recommended}>
      <Heading className="opsai-catalog-heading">{catalog.recommended}</Heading>
      {gallery.advisedBy && <p className="opsai-catalog-hint">{catalog.recommendedBy[gallery.advisedBy]}</p>}
      <ul className="opsai-cards">
        {gallery.recommended.map(({ connector, reasons }) => (
          <li key={connector.sourceType}>
            <ConnectorCard connector={connector} reasons={reasons} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Results({ gallery, onChoose, Heading }: PartProps) {
  const { catalog } = useMessages()
  if (gallery.status === 'pending') return <CardSkeletons count={9} />
  if (gallery.error && gallery.connectors.length === 0) {
    return <ErrorNotice title={catalog.errorTitle} error={gallery.error} onRetry={gallery.retry} />
  }
  return (
    <section className="opsai-catalog-section" aria-label={catalog.everything} aria-busy={gallery.isCatchingUp}>
      <Heading className="opsai-catalog-heading">
        {gallery.category ?? catalog.everything}
        <span className="opsai-catalog-count">{gallery.total > 0 && gallery.total}</span>
      </Heading>
      <VisuallyHidden>
        <span role="status">{!gallery.isCatchingUp && gallery.isFiltered && catalog.results(gallery.total)}</span>
      </VisuallyHidden>
      {gallery.connectors.length === 0 && !gallery.isCatchingUp && <NothingFound gallery={gallery} />}
      <ul className="opsai-cards">
        {gallery.connectors.map((connector) => (
          <li key={connector.sourceType}>
            <ConnectorCard connector={connector} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      {gallery.hasMore && !gallery.isCatchingUp && (
        <div className="opsai-catalog-more">
          <Button state={gallery.isLoadingMore ? 'busy' : 'idle'} onClick={gallery.showMore}>
            {catalog.showMore}
          </Button>
        </div>
      )}
    </section>
  )
}

function NothingFound({ gallery }: Pick<PartProps, 'gallery'>) {
  const { catalog } = useMessages()
  if (!gallery.isFiltered) return <EmptyState title={catalog.emptyTitle}>{catalog.emptyText}</EmptyState>
  const search = gallery.search.trim()
  return (
    <EmptyState
      title={search ? catalog.noMatchTitle(search) : catalog.noneInCategory}
      action={<Button onClick={gallery.clear}>{catalog.clearSearch}</Button>}
    >
      {search && catalog.noMatchText}
    </EmptyState>
  )
}

function CardSkeletons({ count }: { count: number }) {
  const { catalog } = useMessages()
  return (
    <SkeletonGroup label={catalog.loading}>
      <div className="opsai-cards">
        {Array.from({ length: count }, (_, index) => (
          <Skeleton key={index} shape="card" />
        ))}
      </div>
    </SkeletonGroup>
  )
}
