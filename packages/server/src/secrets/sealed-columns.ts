// Every column that holds sealed values, with the place each was sealed for. A column missing here would be lost with
// the old key: a test holds this list to the tables.
type Row = Record<string, unknown>

export interface SealedColumn {
  table: string
  column: string
  /** What names a row. */
  key: readonly string[]
  /** Other columns the place is made of. */
  reads?: readonly string[]
  place(row: Row): string
}

const text = (value: unknown) => (Buffer.isBuffer(value) ? value.toString('hex') : String(value))
const flowPlace = (field: string) => (row: Row) => `${text(row.tenant_id)}|${text(row.flow_id)}|${field}`
const passwordPlace = (role: string) => (row: Row) => `tenants|${text(row.slug)}|${role}_password`

export const sealedColumns: readonly SealedColumn[] = [
  { table: 'keys', column: 'sealed', key: ['name'], place: (row) => `keys|${text(row.name)}|sealed` },
  ...(['sync', 'app', 'redis'] as const).map((role) => ({
    table: 'tenants',
    column: `${role}_password`,
    key: ['tenant_id'],
    reads: ['slug'],
    place: passwordPlace(role),
  })),
  {
    table: 'tenants',
    column: 'storage_key',
    key: ['tenant_id'],
    reads: ['slug'],
    place: (row) => `tenants|${text(row.slug)}|storage_key`,
  },
  ...(
    [
      ['configuration', 'configuration'],
      ['airbyte_state', 'state'],
      ['secret', 'secret'],
      ['code_verifier', 'code_verifier'],
    ] as const
  ).map(([column, field]) => ({
    table: 'flows',
    column,
    key: ['flow_id'],
    reads: ['tenant_id'],
    place: flowPlace(field),
  })),
  { table: 'outbox', column: 'payload', key: ['op_id'], place: (row) => `outbox|${text(row.op_id)}|payload` },
  {
    table: 'idempotency',
    column: 'answer',
    key: ['scope', 'key'],
    place: (row) => `idempotency|${text(row.scope)}|${text(row.key)}`,
  },
]

/** Binary columns that hold nothing sealed: hashes, digests and marks. */
export const unsealedColumns: readonly string[] = [
  'audit.before',
  'audit.hash',
  'audit_heads.hash',
  'audit_seals.mac',
  'flows.confirm_hash',
  'flows.cookie_hash',
  'flows.state_hash',
  'idempotency.request_hash',
  'idempotency.scope',
  'notification_hooks.secret_hash',
  'reconnect_links.token_hash',
  'sessions.token_hash',
]
