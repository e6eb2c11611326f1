// The connectors on offer: Airbyte's definitions merged with the gallery's names. Pure.
import type { SourceDefinition } from '@opsai/airbyte-client'
import type { Connector } from '@opsai/contract'
import type { NamedConnector } from '@opsai/contract/named-connectors'

/** A connector, and Airbyte's record of it where there is one. */
export interface Offer {
  connector: Connector
  definition?: SourceDefinition
}

const own: Readonly<Record<string, Pick<Connector, 'category' | 'description'>>> = {
  'sample-data': { category: 'Sandbox', description: 'Made-up users, products and purchases to try things out' },
  faker: { category: 'Sandbox', description: 'Made-up users, products and purchases to try things out' },
  'acme-crm': { category: 'CRM', description: 'Contacts, companies and deals of the Acme sandbox' },
}

const guesses: readonly [RegExp, Connector['category']][] = [
  [/sql|mongo|db\b|oracle|snowflake|bigquery|redshift|clickhouse|warehouse/i, 'Databases'],
  [/crm|pipedrive|salesloft|hubspot|copper|attio/i, 'CRM'],
  [/shop|commerce|amazon-seller|cart|etsy/i, 'E-commerce'],
  [/pay|stripe|billing|invoice|chargebee|recurly/i, 'Payments'],
  [/ads\b|mail|marketing|campaign|marketo|klaviyo|iterable/i, 'Marketing'],
  [/analytics|amplitude|mixpanel|posthog|search-console/i, 'Analytics'],
  [/slack|twilio|intercom|zendesk|chat|sms|front\b|teams/i, 'Communication'],
  [/jira|asana|notion|sheet|airtable|trello|monday|calendar|github|gitlab|linear/i, 'Productivity'],
  [/file|s3|gcs|drive|dropbox|sftp|blob|onedrive|sharepoint/i, 'File storage'],
]

/** The connector's short name: `airbyte/source-stripe` → `stripe`. */
export const toSourceType = ({ dockerRepository }: Pick<SourceDefinition, 'dockerRepository'>): string =>
  (dockerRepository.split('/').pop() ?? '').replace(/^source-/, '').toLowerCase()

/** Only what a page may load or show: https, or the picture itself. */
export const toIconUrl = (icon: string | undefined): string | undefined =>
  icon && /^(https:\/\/|data:image\/)/i.test(icon) ? icon : undefined

const toHttpUrl = (url: string | undefined) => (url && /^https?:\/\//i.test(url) ? url : undefined)

const toSupportLevel = (level: string | undefined): Connector['supportLevel'] =>
  level === 'certified' || level === 'community' || level === 'custom' || level === 'archived' ? level : 'none'

const guessCategory = (text: string): Connector['category'] =>
  guesses.find(([words]) => words.test(text))?.[1] ?? 'Other'

function fromDefinition(definition: SourceDefinition, named: NamedConnector | undefined): Offer {
  const sourceType = named?.sourceType ?? toSourceType(definition)
  const known = named ?? own[sourceType]
  const iconUrl = toIconUrl(definition.icon)
  const documentationUrl = toHttpUrl(definition.documentationUrl) ?? named?.documentationUrl
  const connector: Connector = {
    sourceType,
    name: named?.name ?? definition.name,
    category: known?.category ?? guessCategory(`${sourceType} ${definition.name}`),
    description: known?.description ?? `Your data from ${definition.name}`,
    ...(iconUrl && { iconUrl }),
    ...(documentationUrl && { documentationUrl }),
    supportLevel: definition.custom
      ? 'custom'
      : definition.supportLevel
        ? toSupportLevel(definition.supportLevel)
        : (named?.supportLevel ?? 'none'),
    availability: 'available',
  }
  return { connector, definition }
}

function fromName({ definitionId: _, closest, ...named }: NamedConnector): Offer {
  return {
    connector: { ...named, availability: closest ? 'no_source' : 'needs_airbyte', ...(closest && { closest }) },
  }
}

export interface OfferRules {
  featured: readonly string[]
  allowed: readonly string[] | undefined
}

/** All connectors in the order the gallery shows them: featured, then what can be connected here, named ones first. */
export function mergeOffers(
  definitions: readonly SourceDefinition[],
  named: readonly NamedConnector[],
  { featured, allowed }: OfferRules,
): Offer[] {
  const byId = new Map(definitions.map((definition) => [definition.sourceDefinitionId, definition]))
  const namedOffers = named.map((name) => {
    const definition = name.definitionId ? byId.get(name.definitionId) : undefined
    return definition ? fromDefinition(definition, name) : fromName(name)
  })
  const taken = new Set(named.map(({ definitionId }) => definitionId))
  const rest = definitions
    .filter(({ sourceDefinitionId }) => !taken.has(sourceDefinitionId))
    .map((definition) => fromDefinition(definition, undefined))
    .sort((a, b) => a.connector.name.localeCompare(b.connector.name, 'en'))
  const unique = [...new Map([...rest, ...namedOffers].map((offer) => [offer.connector.sourceType, offer])).values()]
  const rank = new Map([...namedOffers, ...rest].map(({ connector }, index) => [connector.sourceType, index]))
  const place = ({ connector: { sourceType, availability } }: Offer) => {
    const first = featured.indexOf(sourceType)
    if (first >= 0) return first - featured.length
    const behindThoseOffered = availability === 'available' ? 0 : rank.size
    return behindThoseOffered + (rank.get(sourceType) ?? rank.size)
  }
  return unique
    .filter(({ connector }) => connector.sourceType !== '' && (allowed?.includes(connector.sourceType) ?? true))
    .sort((a, b) => place(a) - place(b))
}
