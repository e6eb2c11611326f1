import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connectors } from '../generated/connectors'
import { streams } from '../generated/streams'
import { decideAccess, type Knock } from '../lib/access'
import { listConnected } from '../lib/connected'
import { parseSettings } from '../lib/env'
import { describeFailure, toFailure } from '../lib/failure'
import { toPolicy } from '../lib/policy'
import { needsClientRuntime } from '../scripts/client-runtime'

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

test.each<[Partial<Knock>, string]>([
  [{ host: 'localhost:3000' }, 'granted'],
  [{ host: '127.0.0.1' }, 'granted'],
  [{ host: '[::1]:3000' }, 'granted'],
  [{ host: 'app.example.com' }, 'notPublic'],
  [{ host: 'localhost.evil.example' }, 'notPublic'],
  [{ host: null }, 'notPublic'],
  [{ host: 'localhost', password: 'p' }, 'askPassword'],
  [{ host: 'app.example.com', password: 'pä:s', authorization: basic('ada:pä:s') }, 'granted'],
  [{ host: 'app.example.com', password: 'pass', authorization: basic('ada:pas') }, 'askPassword'],
  [{ host: 'app.example.com', password: 'pass', authorization: basic('ada:passs') }, 'askPassword'],
  [{ host: 'app.example.com', password: 'pass', authorization: 'Bearer pass' }, 'askPassword'],
  [{ host: 'app.example.com', password: 'pass', authorization: 'Basic %%%' }, 'askPassword'],
])('%j is %s', (knock, access) => {
  expect(decideAccess({ host: null, authorization: null, password: undefined, ...knock })).toBe(access)
})

test('a browser may do nothing but show this app', () => {
  const policy = toPolicy('n', false)
  expect(policy).toContain(`default-src 'none'; script-src 'self' 'nonce-n'; style-src 'self';`)
  expect(policy).not.toMatch(/unsafe|\*|http/)
})

test.each([
  [{}, 'DATABASE_URL is not set'],
  [{ DATABASE_URL: 'mysql://u:hunter2@h/d' }, 'DATABASE_URL is not a URL'],
  [{ DATABASE_URL: 'postgresql://u:hunter2@h/d' }, 'DATABASE_SCHEMA is not set'],
])('%j is said by name', (environment, message) => {
  expect(() => parseSettings(environment)).toThrow(message)
  expect(() => parseSettings(environment)).not.toThrow('hunter2')
})

test('a connector is there while its flag is on', () => {
  const on = Object.fromEntries(connectors.map(({ flag }) => [flag, 'TRUE ']))
  const filled = connectors.filter(({ id }) => streams.some(({ connector }) => connector === id))
  expect(listConnected(on).map(({ connector }) => connector)).toEqual(filled)
  expect(listConnected(Object.fromEntries(connectors.map(({ flag }) => [flag, 'false'])))).toEqual([])
  expect(listConnected({})).toEqual([])
})

const error = (code: string, message = 'a message with a host in it') => Object.assign(new Error(message), { code })

test.each([
  [error('ECONNREFUSED'), 'unreachable'],
  [new AggregateError([error('ECONNREFUSED')]), 'unreachable'],
  [error('57P01'), 'unreachable'],
  [new Error('timeout exceeded when trying to connect'), 'unreachable'],
  [error('28P01'), 'refused'],
  [error('42501'), 'refused'],
  [error('53300'), 'busy'],
  [error('57014'), 'slow'],
  [error('42703'), 'outdated'],
  [error('22P02'), 'address'],
  ['thrown', 'unknown'],
])('%s is %s', (thrown, failure) => {
  expect(toFailure(thrown)).toBe(failure)
  expect(describeFailure(thrown)).not.toContain('a host')
})

test('Next’s scripts are sent once a file says so, and not before', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tenant-app-'))
  await mkdir(join(directory, 'components', 'deep'), { recursive: true })
  await mkdir(join(directory, 'node_modules'))
  await writeFile(join(directory, 'node_modules', 'x.js'), `'use client'`)
  await writeFile(join(directory, 'components', 'a.tsx'), `// 'use client'\nexport const a = 'use client'\n`)
  expect(needsClientRuntime(directory)).toBe(false)
  await writeFile(join(directory, 'components', 'deep', 'b.tsx'), `// A note.\n/* and */\n"use client"\n`)
  expect(needsClientRuntime(directory)).toBe(true)
  await rm(directory, { recursive: true })
})
