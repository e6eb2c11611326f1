/** Why PostgreSQL did not let us in, and what to do. The driver's own words hold no password. */
export function explainPostgres(error: unknown, key: string): { what: string; remedy: string } {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  const known: Readonly<Record<string, string>> = {
    '28P01': `The user or the password in ${key} is wrong.`,
    '28000': `This role may not connect from here: see pg_hba.conf, and whether ${key} needs ?sslmode=require.`,
    '3D000': `Make the database first, or correct its name in ${key}.`,
    '53300': 'All connections are taken: raise max_connections, or put a pooler in front.',
    ECONNREFUSED: `Nothing listens there: is PostgreSQL running, and are host and port in ${key} right?`,
    ENOTFOUND: `No such host: correct it in ${key}.`,
    '57P03': 'PostgreSQL is starting or stopping: wait a moment.',
  }
  const usual = /timeout/i.test(message)
    ? `No answer: is a firewall in between? ${key} says where it is looked for.`
    : `See PostgreSQL's log for the same moment; ${key} says where it is looked for.`
  return { what: `it can't be reached: ${message || code}`, remedy: known[code] ?? usual }
}
