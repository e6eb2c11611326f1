import type { Configuration, SourceDetail } from '@opsai/contract'
import type { SourceChange } from '../queries/sources.js'

/**
 * What an edit changes of a source: only that is sent, so that a new name alone needs no test.
 *
 * @example
 * toSourceChange(source, { name: 'Shop', configuration: source.configuration }) // { sourceId, name: 'Shop' }
 */
export function toSourceChange(
  source: Pick<SourceDetail, 'sourceId' | 'name' | 'configuration'>,
  edited: { name: string; configuration: Configuration },
): SourceChange {
  return {
    sourceId: source.sourceId,
    ...(edited.name !== source.name && { name: edited.name }),
    ...(!isEqual(edited.configuration, source.configuration) && { configuration: edited.configuration }),
  }
}

/** Equal as JSON is: the order of keys says nothing. */
function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key as never], other[key as never]))
  )
}
