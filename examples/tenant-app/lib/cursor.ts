// A place between two rows, as it stands in an address: the values of the order's columns. Anybody may write one, so it
// is parsed like any other input; what is wrong with it is no place at all.

/** `values`: after rows that have a value to sort by; `nulls`: among those that have none, which come last. */
export interface Place {
  part: 'values' | 'nulls'
  values: readonly string[]
}

const LONGEST = 4096

export function encodePlace({ part, values }: Place): string {
  return toBase64Url(JSON.stringify([part === 'values' ? 0 : 1, ...values]))
}

/** @param size how many columns the order has; among rows without a value it is their id alone */
export function decodePlace(text: string, size: number): Place | undefined {
  const parts = parseList(text)
  if (!parts) return undefined
  const [part, ...values] = parts
  if ((part !== 0 && part !== 1) || !values.every((value) => typeof value === 'string')) return undefined
  const isWhole = values.length === (part === 0 ? size : 1)
  return isWhole ? { part: part === 0 ? 'values' : 'nulls', values } : undefined
}

/** How a row is found again: by its key, or by when it arrived and its id. */
export type RowAddress = { by: 'key'; values: readonly string[] } | { by: 'arrival'; arrival: string; id: string }

export const encodeAddress = (address: RowAddress): string =>
  toBase64Url(JSON.stringify(address.by === 'key' ? [0, ...address.values] : [1, address.arrival, address.id]))

export function decodeAddress(text: string): RowAddress | undefined {
  const [kind, ...values] = parseList(text) ?? []
  if (!values.every((value) => typeof value === 'string') || values.length === 0) return undefined
  if (kind === 0) return { by: 'key', values }
  const [arrival, id] = values
  return kind === 1 && arrival !== undefined && id !== undefined && values.length === 2
    ? { by: 'arrival', arrival, id }
    : undefined
}

function parseList(text: string): unknown[] | undefined {
  if (text.length > LONGEST || !/^[\w-]+$/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

const toBase64Url = (text: string) => Buffer.from(text, 'utf8').toString('base64url')
