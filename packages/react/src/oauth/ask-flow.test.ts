// Parsed by hand for the page's sake: held to the contract's schemas here.
import { finalFlowStatuses, Flow, FlowStatus } from '@opsai/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFinalStatus, parseFlowNews, parseProblem } from './ask-flow.js'

const flowId = 'AAAAAAAAAAAAAAAAAAAAAA'
const anyText = fc.string({ maxLength: 8 })
const anyFlow = fc.record(
  {
    flowId: fc.constant(flowId),
    sourceType: anyText,
    status: fc.oneof(fc.constantFrom<string>(...FlowStatus.options), anyText),
    sourceId: anyText,
    error: fc.record({ code: fc.constantFrom('denied', 'internal'), displayMessage: anyText, remedy: anyText }),
    expiresAt: anyText,
  },
  { requiredKeys: ['flowId', 'sourceType', 'status', 'expiresAt'] },
)

test('what the contract takes for a flow is read as one, and nothing of it is lost', () => {
  fc.assert(
    fc.property(anyFlow, (body) => {
      const flow = Flow.safeParse(body)
      const news = parseFlowNews(JSON.parse(JSON.stringify(body)), flowId)
      const { status, sourceId, error } = flow.data ?? {}
      const expected = { flowId, status, ...(sourceId !== undefined && { sourceId }), ...(error && { error }) }
      expect(news).toEqual(flow.success ? expected : undefined)
    }),
  )
})

test('which statuses are final is what the contract says', () => {
  expect(FlowStatus.options.filter(isFinalStatus)).toEqual([...finalFlowStatuses])
})

test('nothing is concluded from what is no answer about this flow', () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => parseFlowNews(body, flowId) === undefined))
  const other = { flowId: 'BBBBBBBBBBBBBBBBBBBBBB', sourceType: 'hubspot', status: 'completed', expiresAt: 'later' }
  expect(parseFlowNews(other, flowId)).toBeUndefined()
  expect(parseFlowNews({ ...other, flowId, status: 'brand_new' }, flowId)).toBeUndefined()
})

test('words of a problem are taken for words only where they are text', () => {
  expect(parseProblem(403, { code: 'forbidden', displayMessage: { evil: 1 }, remedy: ['x'] })).toEqual({
    code: 'forbidden',
  })
})

test.each([
  [404, 'a page that is no problem document is nothing about the flow', 'upstream_invalid'],
  [200, 'nor is a success without a flow', 'upstream_invalid'],
  [503, 'a proxy in between is busy', 'upstream_unavailable'],
  [401, 'a session that is not taken', 'session_expired'],
])('%s: %s', (status, _, code) => {
  expect(parseProblem(status, '<html>').code).toBe(code)
})
