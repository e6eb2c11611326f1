// Acme CRM's records, as its API page describes them.
import type { AirbyteStream, JsonSchema } from '../../protocol/messages.js'

const text: JsonSchema = { type: 'string' }
const whole: JsonSchema = { type: 'integer' }
const number: JsonSchema = { type: 'number' }
const yesNo: JsonSchema = { type: 'boolean' }
const date: JsonSchema = { type: 'string', format: 'date' }
const moment: JsonSchema = { type: 'string', format: 'date-time', airbyte_type: 'timestamp_with_timezone' }
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
const object = (properties: Record<string, JsonSchema>): JsonSchema => ({ type: 'object', properties })
const orNull = (schema: JsonSchema): JsonSchema => ({ ...schema, type: [String(schema.type), 'null'] })

const address = orNull(
  object({
    street: text,
    city: text,
    postalCode: text,
    country: text,
    location: orNull(object({ latitude: number, longitude: number })),
  }),
)

function define(name: string, properties: Record<string, JsonSchema>): AirbyteStream {
  return {
    name,
    json_schema: object({ id: text, createdAt: moment, updatedAt: moment, ...properties }),
    supported_sync_modes: ['full_refresh', 'incremental'],
    source_defined_cursor: true,
    default_cursor_field: ['updatedAt'],
    source_defined_primary_key: [['id']],
  }
}

export const acmeCrmStreams: AirbyteStream[] = [
  define('contacts', {
    firstName: text,
    lastName: text,
    email: text,
    phone: orNull(text),
    jobTitle: orNull(text),
    companyId: orNull(text),
    ownerEmail: text,
    lifecycleStage: text,
    score: whole,
    subscribed: yesNo,
    birthDate: orNull(date),
    lastContactedAt: orNull(moment),
    tags: listOf(text),
    address,
  }),
  define('companies', {
    name: text,
    domain: text,
    industry: text,
    employees: orNull(whole),
    annualRevenue: orNull(number),
    currency: text,
    foundedOn: orNull(date),
    isPartner: yesNo,
    phones: listOf(text),
    address,
    customFields: object({}),
  }),
  define('deals', {
    title: text,
    companyId: text,
    contactIds: listOf(text),
    ownerEmail: text,
    stage: text,
    amount: orNull(number),
    currency: text,
    probability: number,
    expectedCloseDate: orNull(date),
    closedAt: orNull(moment),
    lostReason: orNull(text),
    lineItems: listOf(
      object({ sku: text, description: text, quantity: whole, unitPrice: number, discount: orNull(number) }),
    ),
  }),
]
