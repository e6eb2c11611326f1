// The pages whose database time is measured: none, one and a million rows, at the beginning and deep inside.

/** A row of the big table. */
interface Row {
  key: string
  id: string
  cursor: string
}

const encode = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url')

export function toMeasuredPages({ key, id, cursor }: Row): [name: string, path: string][] {
  const big = '/streams/postgres-measurements'
  const deep = encode(0, key, id)
  return [
    ['0 rows', '/streams/postgres-nothings'],
    ['1 row', '/streams/postgres-singles'],
    ['1,000,000 rows, first page', big],
    ['1,000,000 rows, page at 800,000', `${big}?after=${deep}`],
    ['1,000,000 rows, the page before it', `${big}?before=${deep}`],
    ['1,000,000 rows, newest first', `${big}?sort=updated_at&order=desc`],
    ['1,000,000 rows, deep by cursor', `${big}?sort=updated_at&after=${encode(0, cursor, id)}`],
    ['1,000,000 rows, search, a window', `${big}?q=needle`],
    ['1,000,000 rows, search, deep window', `${big}?q=needle&after=${deep}`],
    ['1,000,000 rows, search for a key', `${big}?q=${key}`],
    ['1,000,000 rows, filter without index', `${big}?where=sensor&is=sensor+7`],
    ['1,000,000 rows, one row', `${big}/${encode(0, key)}`],
    ['keyless stream, first page', '/streams/postgres-audit-log'],
    ['dashboard', '/'],
  ]
}
