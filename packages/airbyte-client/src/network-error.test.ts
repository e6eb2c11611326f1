import { expect, it } from 'vitest'
import { toNetworkError } from './network-error.js'
import { createScrub } from './scrub-secrets.js'

const coded = (code: string, fields: object = {}) => Object.assign(new Error(`${code} 127.0.0.1`), { code }, fields)
const failed = (cause: unknown) => new TypeError('fetch failed', { cause })
const read = (thrown: unknown) => toNetworkError(thrown, 'POST /sources', createScrub(undefined, ['shh-secret']))

// What was thrown → whether it surely was not done, and whether it is worth another try.
it.each<[string, unknown, boolean, boolean]>([
  ['nobody listens', failed(coded('ECONNREFUSED')), true, true],
  ['no such name', failed(coded('ENOTFOUND')), true, true],
  ['no connection in time', failed(coded('UND_ERR_CONNECT_TIMEOUT')), true, true],
  ['nobody at any address', failed(new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')])), true, true],
  ['Bun finds nobody', coded('ConnectionRefused'), true, true],
  ['another certificate', failed(coded('CERT_HAS_EXPIRED')), true, false],
  ['a name of another', failed(coded('ERR_TLS_CERT_ALTNAME_INVALID')), true, false],
  ['the connection broke', failed(coded('ECONNRESET')), false, true],
  ['one address broke', failed(new AggregateError([coded('ECONNREFUSED'), coded('ECONNRESET')])), false, true],
  ['it was closed', failed(coded('UND_ERR_SOCKET')), false, true],
  ['an edge runtime says no more', new TypeError('Network connection lost.'), false, true],
  ['a cause that is its own', selfCaused(), false, true],
])('%s', (_, thrown, nothingDone, retryable) => {
  expect(read(thrown)).toMatchObject({ code: 'network', nothingDone, retryable })
})

it('tells what was garbled on the way from what did not come', () => {
  expect(read(new TypeError('terminated', { cause: coded('Z_DATA_ERROR') }))).toMatchObject({ code: 'invalid_answer' })
})

it('keeps the words of the innermost error, and nothing else of it', () => {
  const data = '{"access_token":"shh-secret"}'
  const error = read(failed(coded('HPE_INVALID_CONSTANT', { data, message: 'Expected <b>HTTP/</b> after shh-secret' })))
  expect(error.message).toBe("Airbyte can't be reached for POST /sources: Expected HTTP/ after **********")
  expect(Object.keys(error.cause as object)).toEqual([])
})

function selfCaused() {
  const error = new Error('x')
  error.cause = error
  return error
}
