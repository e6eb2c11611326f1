import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAt, writeAt } from './at-path.js'
import { guardSchedule, guardStreams, toPrefixStem, toSchedule } from './connection.js'
import { toJob } from './job.js'
import { lacksApp, toOAuthInput, wantsSignIn, withDiscriminator } from './sign-in.js'
import { toExampleRows, toFields, toFieldType, toSyncModes } from './stream.js'

describe('sync modes, best first', () => {
  const key = [['id']]
  test.each([
    [{ supportedSyncModes: ['full_refresh' as const] }, ['full_refresh_overwrite', 'full_refresh_append']],
    [
      {
        supportedSyncModes: ['full_refresh' as const, 'incremental' as const],
        sourceDefinedCursor: true,
        sourceDefinedPrimaryKey: key,
      },
      ['incremental_deduped_history', 'incremental_append', 'full_refresh_overwrite', 'full_refresh_append'],
    ],
    [
      { supportedSyncModes: ['full_refresh' as const, 'incremental' as const], defaultCursorField: ['at'] },
      ['incremental_append', 'full_refresh_overwrite', 'full_refresh_append'],
    ],
    [
      { supportedSyncModes: ['full_refresh' as const, 'incremental' as const], sourceDefinedPrimaryKey: key },
      ['full_refresh_overwrite', 'full_refresh_append', 'incremental_append'],
    ],
  ])('%j', (stream, expected) => expect(toSyncModes({ name: 's', ...stream })).toEqual(expected))
})

describe('fields and made-up rows', () => {
  test.each([
    [
      { type: ['null', 'string'], format: 'date-time' },
      { type: 'string', format: 'date-time' },
    ],
    [{ type: 'integer' }, { type: 'integer' }],
    [{ oneOf: [{ type: 'null' }, { type: 'number' }] }, { type: 'number' }],
    [{ properties: {} }, { type: 'object' }],
    [true, { type: 'string' }],
  ])('%j', (schema, expected) => expect(toFieldType(schema)).toEqual(expected))

  test('rows have the shape of the schema', () => {
    const stream = {
      name: 's',
      jsonSchema: {
        properties: {
          id: { type: 'integer' },
          at: { type: 'string', format: 'date' },
          ok: { type: 'boolean' },
          tags: { type: 'array' },
        },
      },
    }
    expect(toFields(stream).map(({ name }) => name)).toEqual(['id', 'at', 'ok', 'tags'])
    expect(toExampleRows(stream, 20)).toHaveLength(3)
    expect(toExampleRows(stream, 1)).toEqual([{ id: 1, at: '2026-01-01', ok: true, tags: [] }])
  })

  test('a schema that names a type `constructor` gets a word, as any unknown type does', () => {
    const odd = {
      name: 's',
      jsonSchema: { properties: { a: { type: 'constructor' }, b: { type: 'string', format: 'toString' } } },
    }
    expect(toExampleRows(odd, 1)).toEqual([{ a: 'a 1', b: 'b 1' }])
  })
})

describe('schedules', () => {
  test.each([
    [
      { scheduleType: 'cron' as const, cronExpression: '0 0 6 * * ? UTC' },
      { scheduleType: 'cron', cronExpression: '0 0 6 * * ?' },
    ],
    [
      { scheduleType: 'basic' as const, basicTiming: 'Every 6 HOURS' },
      { scheduleType: 'cron', cronExpression: '0 0 0/6 * * ?' },
    ],
    [
      { scheduleType: 'basic' as const, basicTiming: 'Every 24 HOURS' },
      { scheduleType: 'cron', cronExpression: '0 0 0 * * ?' },
    ],
    [{ scheduleType: 'manual' as const }, { scheduleType: 'manual' }],
  ])('%j is read', (from, to) => expect(toSchedule(from)).toEqual(to))

  test.each(['* * * * *', '* 0 * * * ?', '0 * * * * ?', ''])('%j is refused', (cronExpression) => {
    expect(() => guardSchedule({ scheduleType: 'cron', cronExpression })).toThrow('Quartz')
  })
  test('an hourly one is not', () =>
    expect(() => guardSchedule({ scheduleType: 'cron', cronExpression: '0 0 * * * ?' })).not.toThrow())
})

test('two streams of one name are refused, by name', () => {
  const stream = (name: string, namespace: string) => ({ name, namespace, syncMode: 'full_refresh_append' as const })
  expect(() => guardStreams([stream('users', 'a'), stream('orders', 'a'), stream('users', 'b')])).toThrow(
    'The stream "users" is chosen twice',
  )
  expect(() => guardStreams([stream('users', 'a'), stream('orders', 'b')])).not.toThrow()
  expect(toPrefixStem('google-ads')).toBe('google_ads')
})

describe('a job', () => {
  const job = { jobId: 7, jobType: 'sync', startTime: '2026-08-21T12:00Z', connectionId: 'c' }
  const stats = (recordsCommitted: number) => ({
    streamName: 's',
    stats: { recordsEmitted: recordsCommitted, recordsCommitted, bytesCommitted: 10 },
  })
  const attempt = (id: number, rows: number, more: object = {}) => ({
    attempt: { id, status: 'x', streamStats: [stats(rows)], ...more },
  })
  const detail = (attempts: ReturnType<typeof attempt>[]) => ({
    job: { id: 7, status: 'failed' as const, configId: 'c', createdAt: 0, updatedAt: 0 },
    attempts,
  })

  test('counts what all attempts committed, and tells the last failure in words', () => {
    const failures = [{ failureOrigin: 'source', failureType: 'config_error', externalMessage: 'Wrong key\n at x' }]
    const read = toJob(
      { ...job, status: 'failed' },
      detail([attempt(0, 5), attempt(1, 3, { failureSummary: { failures } })]),
    )
    expect(read).toMatchObject({
      jobId: '7',
      startedAt: '2026-08-21T12:00:00.000Z',
      rowsSynced: 8,
      streams: [{ name: 's', rowsCommitted: 8 }],
      failure: { message: 'Wrong key', remedy: expect.stringContaining('settings') as string },
    })
  })
  test('that runs has no failure', () =>
    expect(toJob({ ...job, status: 'running' }, undefined)).not.toHaveProperty('failure'))
})

describe('sign-in', () => {
  const path = (...parts: string[]) => ({ path_in_connector_config: parts })
  const spec = {
    advancedAuthGlobalCredentialsAvailable: true,
    advancedAuth: {
      predicateKey: ['credentials', 'auth_type'],
      predicateValue: 'oauth2.0',
      oauthConfigSpecification: {
        oauthUserInputFromConnectorConfigSpecification: { properties: { shop: path('shop') } },
        completeOAuthOutputSpecification: { properties: { refresh_token: path('credentials', 'refresh_token') } },
        completeOAuthServerOutputSpecification: { properties: { client_id: path('credentials', 'client_id') } },
      },
    },
  }

  test.each([
    ['nothing chosen', {}, true],
    ['sign-in chosen', { credentials: { auth_type: 'oauth2.0' } }, true],
    ['a key chosen', { credentials: { auth_type: 'api_key', api_key: 'x' } }, false],
    ['a key without saying so', { credentials: { api_key: 'x' } }, false],
    ['tokens already there', { credentials: { auth_type: 'oauth2.0', refresh_token: 'x' } }, false],
  ])('%s', (_, configuration, expected) => expect(wantsSignIn(spec, configuration)).toBe(expected))

  test('is not wanted where the connector has none', () => expect(wantsSignIn({}, {})).toBe(false))

  test("is told the provider's inputs, and the user's own app where there is no other", () => {
    const configuration = { shop: 'x', credentials: { client_id: 'mine' } }
    expect(toOAuthInput(spec, configuration)).toEqual({ shop: 'x' })
    const ownApp = { ...spec, advancedAuthGlobalCredentialsAvailable: false }
    expect(toOAuthInput(ownApp, configuration)).toEqual({ shop: 'x', client_id: 'mine' })
    expect([lacksApp(ownApp, {}), lacksApp(ownApp, configuration), lacksApp(spec, {})]).toEqual([true, false, false])
  })

  test('leaves the discriminator for Airbyte to know which option the tokens are for', () => {
    const before = { start_date: 'x', credentials: { shop: 'y' } }
    expect(withDiscriminator(spec, before)).toEqual({
      start_date: 'x',
      credentials: { shop: 'y', auth_type: 'oauth2.0' },
    })
    expect(before.credentials).toEqual({ shop: 'y' })
  })
})

test('what is written at a path is read there, and nothing else changes', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'x'), fc.anything()), path, fc.string(), (tree, at, value) => {
      const written = writeAt(tree, at, value)
      expect(readAt(written, at)).toBe(value)
      expect(Object.hasOwn(written, 'x')).toBe(Object.hasOwn(tree, 'x'))
    }),
  )
})
