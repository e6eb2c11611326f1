import { describe, expect, it } from 'vitest'
import { createAnswerChecker } from '../../../../.ci/openapi/answer-checker.js'

// These answers are nobody's: the run does not count them.
const checker = createAnswerChecker(() => undefined)
if (!checker.available) console.log("skipped: Airbyte's OpenAPI documents are not here (OPSAI_CORPUS)")

const health = { method: 'GET', url: 'http://engine/api/v1/health' }
const getSource = { method: 'POST', url: 'http://engine/api/v1/sources/get' }
const workspace = { method: 'GET', url: 'http://engine/api/public/v1/workspaces/w' }
const problem = {
  status: 403,
  type: 'https://reference.airbyte.com/reference/errors#forbidden',
  title: 'forbidden',
  detail: 'The request is forbidden.',
}
const answer = (body: unknown, status = 200) => Response.json(body, { status })

describe.skipIf(!checker.available)('the answer checker', () => {
  it.each<[string, typeof health, Response]>([
    ['an answer as documented', health, answer({ available: true })],
    ['a problem of Airbyte’s', workspace, answer(problem, 403)],
    ['a bare errorId', getSource, answer({ errorId: crypto.randomUUID() }, 404)],
    ['an unknown route', { ...health, url: 'http://engine/api/v1/nowhere' }, answer('Object not found.', 404)],
    ['what open-source Airbyte leaves out', { ...workspace, method: 'PUT' }, new Response(null, { status: 501 })],
    ['our own additions', { ...health, url: 'http://engine/api/v1/opsai/capabilities' }, answer({ sampleRows: true })],
  ])('takes %s', async (_what, asked, response) => {
    await checker.check(asked, response)
  })

  it.each<[string, typeof health, Response, string]>([
    ['a field of another type', health, answer({ available: 'yes' }), 'must be boolean'],
    ['a missing field', getSource, answer({ sourceId: crypto.randomUUID() }), "required property 'name'"],
    ['no JSON', health, new Response('OK'), 'is not JSON'],
    ['a status nobody documented', health, answer({ available: true }, 201), 'not a documented status'],
    ['a route nobody documented', { ...health, url: 'http://engine/api/v1/ours' }, answer({}), 'in no document'],
    ['a problem nobody knows', workspace, answer({ ...problem, title: 'nope' }, 403), 'no problem of Airbyte'],
    ['a problem of another status', workspace, answer(problem, 404), 'says it is a 403'],
    ['data that is not the problem’s', workspace, answer({ ...problem, data: { message: 7 } }, 403), 'must be string'],
    ['an error page', workspace, new Response('<html>', { status: 502 }), 'is text/plain'],
    ['an error with no body', workspace, new Response(null, { status: 403 }), 'is empty'],
    ['an error of an unknown shape', workspace, answer({ error: 'no' }, 403), 'unknown shape'],
    ['a 422 without its words', getSource, answer({ errorId: 'x' }, 422), "required property 'message'"],
  ])('refuses %s', async (_what, asked, response, words) => {
    await expect(checker.check(asked, response)).rejects.toThrow(words)
  })
})
