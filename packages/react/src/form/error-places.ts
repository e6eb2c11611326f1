// A list of errors away from their fields must say which "Password" is meant: the second stream's, the tunnel's.
import { type PlacedError, toHolders, type VisibleFields } from './visible-fields.js'

/** The same errors, each with its place where its title alone could be another field's. */
export function withPlaces(errors: readonly PlacedError[], visible: VisibleFields): PlacedError[] {
  const times = new Map<string, number>()
  for (const { message } of errors) times.set(message, (times.get(message) ?? 0) + 1)
  return errors.map((error) => {
    const place = toPlace(error, visible, (times.get(error.message) ?? 0) > 1)
    return place === undefined ? error : { ...error, place }
  })
}

function toPlace({ field, path }: PlacedError, visible: VisibleFields, isAmbiguous: boolean): string | undefined {
  if (field === undefined) return undefined
  const holders = toHolders(path, visible)
  const items = holders.flatMap((holder) => {
    const key = path[holder.path.length]
    if (holder.kind === 'items') return `${holder.title} ${Number(key) + 1}`
    return holder.kind === 'map' ? `${holder.title} ${key}`.trim() : []
  })
  if (items.length > 0) return items.join(', ')
  return isAmbiguous ? holders.findLast((holder) => holder !== field)?.title : undefined
}
