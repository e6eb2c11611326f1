import { describe, expect, it } from 'vitest'
import type { AirbyteStream } from '../protocol/messages.js'
import { selectStreams, type RequestedStream } from './select-streams.js'

const fields = { properties: { id: { type: 'integer' }, updated_at: { type: 'string' }, email: { type: 'string' } } }
const users: AirbyteStream = {
  name: 'users',
  namespace: 'public',
  json_schema: fields,
  supported_sync_modes: ['full_refresh', 'incremental'],
  default_cursor_field: ['updated_at'],
  source_defined_primary_key: [['id']],
}
const log: AirbyteStream = { name: 'log', json_schema: fields, supported_sync_modes: ['full_refresh', 'incremental'] }
const contacts: AirbyteStream = { ...users, name: 'contacts', namespace: 'crm', source_defined_cursor: true }
const archive: AirbyteStream = { ...log, name: 'archive', supported_sync_modes: ['full_refresh'] }
const offered = [users, log, contacts, archive, { ...users, namespace: 'old' }]
const select = (...requested: RequestedStream[]) => selectStreams(offered, requested, '')

describe('what is selected', () => {
  it('is everything, replaced each time, where nothing was asked for', () => {
    expect(selectStreams([users, log], undefined, '').map((it) => [it.name, it.syncMode])).toEqual([
      ['users', 'full_refresh_overwrite'],
      ['log', 'full_refresh_overwrite'],
    ])
  })

  it('takes the cursor and key of the source', () => {
    expect(select({ name: 'contacts', syncMode: 'incremental_deduped_history' })).toEqual([
      expect.objectContaining({
        namespace: 'crm',
        cursorField: ['updated_at'],
        primaryKey: [['id']],
        jsonSchema: fields,
      }),
    ])
  })

  it('takes the cursor and key of the caller where the source has none', () => {
    const request = {
      syncMode: 'incremental_deduped_history',
      cursorField: ['updated_at'],
      primaryKey: [['email']],
    } as const
    expect(select({ name: 'log', ...request, cursorField: ['updated_at'], primaryKey: [['email']] })[0]).toMatchObject(
      request,
    )
  })

  it('keeps only the selected fields in the schema', () => {
    const selectedFields = [{ fieldPath: ['id'] }, { fieldPath: ['email'] }]
    const [stream] = select({ name: 'users', namespace: 'public', selectedFields })
    expect(Object.keys(stream?.jsonSchema.properties ?? {})).toEqual(['id', 'email'])
  })
})

it.each<[string, RequestedStream[], RegExp]>([
  ['a stream there is not', [{ name: 'user' }], /Invalid stream found: user.*users, log/],
  ['a name in two namespaces', [{ name: 'users' }], /more than one namespace/],
  [
    'one table for two streams',
    [
      { name: 'users', namespace: 'old' },
      { name: 'users', namespace: 'public' },
    ],
    /table users/,
  ],
  [
    'a mode the stream has not',
    [{ name: 'archive', syncMode: 'incremental_append' }],
    /Valid sync modes are: full_refresh_overwrite/,
  ],
  ['a mode the engine has not', [{ name: 'log', syncMode: 'full_refresh_overwrite_deduped' }], /Cannot set sync mode/],
  ['no cursor', [{ name: 'log', syncMode: 'incremental_append' }], /No default cursor field/],
  [
    'another cursor than the source has',
    [{ name: 'contacts', syncMode: 'incremental_append', cursorField: ['id'] }],
    /already defined by source/,
  ],
  [
    'a cursor that is no field',
    [{ name: 'log', syncMode: 'incremental_append', cursorField: ['at'] }],
    /Invalid cursor field.*id, updated_at/,
  ],
  ['no key', [{ name: 'log', syncMode: 'incremental_deduped_history', cursorField: ['id'] }], /No default primary key/],
  [
    'another key than the source has',
    [{ name: 'contacts', syncMode: 'incremental_deduped_history', primaryKey: [['email']] }],
    /already pre-defined/,
  ],
  ['fields without the key', [{ name: 'contacts', selectedFields: [{ fieldPath: ['email'] }] }], /must be selected/],
  ['a field inside a field', [{ name: 'log', selectedFields: [{ fieldPath: ['a', 'b'] }] }], /top-level/],
  ['mappers', [{ name: 'log', mappers: [{ type: 'hashing' }] }], /mappers/],
])('refuses %s', (_, requested, message) => {
  expect(() => select(...requested)).toThrow(message)
})
