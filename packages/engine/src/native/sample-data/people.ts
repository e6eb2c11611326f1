// Made-up users, products and purchases: record n of a stream is a pure function of seed and n.
import type { AirbyteStream, JsonSchema, RecordData } from '../../protocol/messages.js'

const firstNames = ['Ada', 'Grace', 'Zoë', 'Kofi', 'Mei', 'Søren', 'Amara', 'Iker', 'Priya', 'Łukasz', 'Noor', 'Yuki']
const lastNames = ['Okafor', 'Nguyen', 'Müller', 'García', 'Tanaka', 'Haddad', 'O’Brien', 'Kowalska', 'Singh', 'Berg']
const cities = ['Lagos', 'Bristol', 'Kraków', 'Osaka', 'Bogotá', 'Tromsø', 'Pune', 'Austin', 'Łódź', 'Aarhus']
const languages = ['en', 'de', 'es', 'ja', 'pl', 'fr', 'hi', 'da']
const materials = ['Oak', 'Linen', 'Steel', 'Cork', 'Glass', 'Wool', 'Clay', 'Bamboo', 'Brass', 'Slate']
const things = ['lamp', 'chair', 'kettle', 'shelf', 'blanket', 'vase', 'desk', 'clock', 'stool', 'tray']

/** The first record's moment; each following one is a minute later, so the end depends on nothing but the count. */
const epoch = Date.UTC(2024, 0, 1)
const minute = 60_000
export const productCount = 100

/** A number below `below` from seed, stream and place (SplitMix32's mixing). */
function pick(seed: number, stream: number, index: number, salt: number, below: number): number {
  let bits = (seed ^ Math.imul(index + 1, 0x9e3779b9) ^ Math.imul(stream * 31 + salt + 1, 0x85ebca6b)) >>> 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad)
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
  return ((bits ^ (bits >>> 15)) >>> 0) % below
}

const momentOf = (index: number) => new Date(epoch + index * minute).toISOString()

function userAt(seed: number, index: number): RecordData {
  const at = (salt: number, below: number) => pick(seed, 0, index, salt, below)
  const first = firstNames[at(0, firstNames.length)]
  const last = lastNames[at(1, lastNames.length)]
  return {
    id: index + 1,
    created_at: momentOf(index),
    updated_at: momentOf(index),
    name: `${first} ${last}`,
    email: `user.${index + 1}@example.com`,
    age: at(2, 10) === 0 ? null : 18 + at(3, 70),
    height_m: (140 + at(4, 65)) / 100,
    subscribed: at(5, 2) === 1,
    birth_date: momentOf(-at(6, 25_000) * 1_440).slice(0, 10),
    languages: languages.slice(0, 1 + at(7, 3)),
    address: {
      city: cities[at(8, cities.length)],
      street_number: 1 + at(9, 900),
      postal_code: String(10_000 + at(10, 89_999)),
    },
  }
}

function productAt(seed: number, index: number): RecordData {
  return {
    id: index + 1,
    created_at: momentOf(index),
    updated_at: momentOf(index),
    name: `${materials[index % materials.length]} ${things[Math.floor(index / materials.length) % things.length]}`,
    price: (500 + pick(seed, 1, index, 0, 49_500)) / 100,
    in_stock: pick(seed, 1, index, 1, 5) > 0,
  }
}

function purchaseAt(seed: number, index: number): RecordData {
  const at = (salt: number, below: number) => pick(seed, 2, index, salt, below)
  return {
    id: index + 1,
    user_id: Math.floor(index / 2) + 1,
    product_id: 1 + at(0, productCount),
    quantity: 1 + at(1, 5),
    created_at: momentOf(index),
    updated_at: momentOf(index),
    returned_at: at(2, 12) === 0 ? momentOf(index + 10_080) : null,
    note: at(3, 20) === 0 ? 'Gift wrap, please 🎁' : null,
  }
}

const integer: JsonSchema = { type: 'integer' }
const text: JsonSchema = { type: 'string' }
const moment: JsonSchema = { type: 'string', format: 'date-time', airbyte_type: 'timestamp_with_timezone' }
const orNull = (schema: JsonSchema): JsonSchema => ({ ...schema, type: [String(schema.type), 'null'] })

/** A stream, how many records it has, and how each is made. */
export interface MadeUpStream {
  stream: AirbyteStream
  size(count: number): number
  recordAt(seed: number, index: number): RecordData
}

function define(
  name: string,
  properties: Record<string, JsonSchema>,
  rest: Pick<MadeUpStream, 'size' | 'recordAt'>,
): MadeUpStream {
  const stream: AirbyteStream = {
    name,
    json_schema: { type: 'object', properties: { id: integer, created_at: moment, updated_at: moment, ...properties } },
    supported_sync_modes: ['full_refresh', 'incremental'],
    source_defined_cursor: true,
    default_cursor_field: ['updated_at'],
    source_defined_primary_key: [['id']],
    is_resumable: true,
  }
  return { stream, ...rest }
}

export const madeUpStreams: MadeUpStream[] = [
  define(
    'users',
    {
      name: text,
      email: text,
      age: orNull(integer),
      height_m: { type: 'number' },
      subscribed: { type: 'boolean' },
      birth_date: { type: 'string', format: 'date' },
      languages: { type: 'array', items: text },
      address: { type: 'object', properties: { city: text, street_number: integer, postal_code: text } },
    },
    { size: (count) => count, recordAt: userAt },
  ),
  define(
    'products',
    { name: text, price: { type: 'number' }, in_stock: { type: 'boolean' } },
    { size: () => productCount, recordAt: productAt },
  ),
  define(
    'purchases',
    { user_id: integer, product_id: integer, quantity: integer, returned_at: orNull(moment), note: orNull(text) },
    { size: (count) => count * 2, recordAt: purchaseAt },
  ),
]
