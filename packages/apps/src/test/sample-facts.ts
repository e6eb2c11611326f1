// The tenant the template is shown with: a shop's PostgreSQL and Acme CRM, as they land.
import type { ColumnFacts, ColumnType, ConnectionFacts, JsonSchema, StreamFacts } from '../facts.js'

/** `id text, total decimal` */
const columns = (list: string, schemas: Record<string, JsonSchema> = {}): ColumnFacts[] =>
  list.split(', ').map((column) => {
    const [name = '', type] = column.split(' ')
    const schema = schemas[name]
    return { name, type: type as ColumnType, ...(schema && { schema }) }
  })

const address: JsonSchema = {
  type: ['object', 'null'],
  properties: {
    street: { type: 'string' },
    city: { type: 'string' },
    postalCode: { type: 'string' },
    country: { type: 'string' },
  },
}

const connections: ConnectionFacts[] = [
  { connectionId: 'acme', sourceType: 'acme-crm', name: 'Acme CRM' },
  { connectionId: 'shop', sourceType: 'postgres', name: 'Our shop' },
]

const streams: StreamFacts[] = [
  {
    connectionId: 'acme',
    name: 'contacts',
    table: 'acme_crm_contacts',
    columns: columns(
      'id text, createdAt timestamptz, updatedAt timestamptz, firstName text, lastName text, email text, phone text, ' +
        'jobTitle text, companyId text, ownerEmail text, lifecycleStage text, score integer, subscribed boolean, ' +
        'birthDate date, lastContactedAt timestamptz, tags json, address json',
      { tags: { type: 'array', items: { type: 'string' } }, address },
    ),
    primaryKey: ['id'],
    cursor: 'updatedAt',
  },
  {
    connectionId: 'acme',
    name: 'companies',
    table: 'acme_crm_companies',
    columns: columns(
      'id text, createdAt timestamptz, updatedAt timestamptz, name text, domain text, industry text, employees integer, ' +
        'annualRevenue decimal, currency text, foundedOn date, isPartner boolean, phones json, address json, customFields json',
      { phones: { type: 'array', items: { type: 'string' } }, address, customFields: { type: 'object' } },
    ),
    primaryKey: ['id'],
    cursor: 'updatedAt',
  },
  {
    connectionId: 'acme',
    name: 'deals',
    table: 'acme_crm_deals',
    columns: columns(
      'id text, createdAt timestamptz, updatedAt timestamptz, title text, companyId text, contactIds json, ' +
        'ownerEmail text, stage text, amount decimal, currency text, probability decimal, expectedCloseDate date, ' +
        'closedAt timestamptz, lostReason text, lineItems json',
    ),
    primaryKey: ['id'],
    cursor: 'updatedAt',
  },
  {
    connectionId: 'shop',
    name: 'customers',
    table: 'postgres_customers',
    columns: columns(
      'id text, email text, name text, phone text, birth_date date, country text, segment text, marketing_opt_in boolean, ' +
        'loyalty_points integer, credit_limit decimal, tags json, preferences json, created_at timestamptz, updated_at timestamptz',
    ),
    primaryKey: ['id'],
    cursor: 'updated_at',
  },
  {
    connectionId: 'shop',
    name: 'orders',
    table: 'postgres_orders',
    columns: columns(
      'id integer, external_ref integer, customer_id text, status text, placed_on date, currency text, total decimal, ' +
        'exchange_rate decimal, discount decimal, shipping json, note text, created_at timestamptz, updated_at timestamptz',
    ),
    primaryKey: ['id'],
    cursor: 'updated_at',
  },
  {
    connectionId: 'shop',
    name: 'order_items',
    table: 'postgres_order_items',
    columns: columns(
      'order_id integer, line integer, product_id integer, quantity integer, unit_price decimal, gift_wrap boolean, updated_at timestamptz',
    ),
    primaryKey: ['order_id', 'line'],
    cursor: 'updated_at',
  },
  {
    connectionId: 'shop',
    name: 'LegacyInvoices',
    table: 'postgres_LegacyInvoices',
    columns: columns(
      'InvoiceNo text, Customer_Email text, Amount_Due decimal, Paid_ boolean, IssuedOn date, UpdatedAt timestamp',
    ),
    primaryKey: ['InvoiceNo'],
    cursor: 'UpdatedAt',
  },
  {
    connectionId: 'shop',
    name: 'audit_log',
    table: 'postgres_audit_log',
    columns: columns('actor text, action text, table_name text, detail json, at_time time, at timestamptz'),
    primaryKey: [],
  },
]

export const sampleFacts = { tenant: { tenantId: 'sample', name: 'Sample' }, connections, streams }
