import { describe, expect, test } from 'vitest'
import { readMissingScopes } from './missing-scopes.js'

const outputs = [{ name: 'access_token', answerPath: ['access_token'] }]
const nested = [{ name: 'access_token', answerPath: ['data', 'access_token'] }]
const missing = (scope: string, body: unknown, places = outputs) =>
  readMissingScopes({ scope, outputs: places }, { status: 200, body: JSON.stringify(body) })

describe('what was asked for and not given', () => {
  test.each<[string, unknown, string[]]>([
    ['crm.read crm.write', { scope: 'crm.read' }, ['crm.write']],
    ['channels:read,users:read', { scope: 'users:read,team:read' }, ['channels:read']],
    ['a b', { scopes: ['b'] }, ['a']],
    ['a+b', { scope: 'a b' }, []],
    ['crm.read', { scope: 'CRM.Read' }, []],
    ['crm.read', {}, []],
    ['crm.read', { scope: '' }, []],
    ['crm.read', { scope: null }, []],
    ['https://www.googleapis.com/auth/drive.readonly', { scope: 'drive.readonly openid' }, []],
    ['offline_access Files.Read.All', { scope: 'https://graph.microsoft.com/Files.Read.All' }, []],
    ['openid api', { scope: 'api' }, []],
    ['repo:status read:org', { scope: 'repo,admin:org' }, []],
    ['read:org', { scope: 'read:user' }, ['read:org']],
  ])('%s of %j: %j', (scope, body, expected) => expect(missing(scope, body)).toEqual(expected))

  test('one level down, where the tokens are', () => {
    expect(missing('a b', { data: { access_token: 'x', scope: 'a' } }, nested)).toEqual(['b'])
    expect(missing('a b', { scope: 'b', data: { access_token: 'x' } }, nested)).toEqual(['a'])
    expect(missing('a b', { error: 'no' }, nested)).toEqual([])
  })
})
