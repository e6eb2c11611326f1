import type { Flow } from '@opsai/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { OpsaiError } from '../client/opsai-error.js'
import { followFlow, type FollowFlowOptions } from './follow-flow.js'

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

const flowAt = (status: Flow['status']): Flow => ({ flowId: 'f', sourceType: 'hubspot', status, expiresAt: 'later' })
const refusal = (code: OpsaiError['code']) => new OpsaiError({ code, message: code, displayMessage: code })

function follow(getFlow: FollowFlowOptions['client']['getFlow']) {
  const on = { onFlow: vi.fn(), onMissing: vi.fn(), onRefused: vi.fn() }
  return { ...on, following: followFlow({ client: { getFlow }, flowId: 'f', ...on }) }
}

test('asks at once for the flow to be known, then waits at the proxy for the next change, and stops at the end', async () => {
  const getFlow = vi.fn<FollowFlowOptions['client']['getFlow']>()
  getFlow.mockResolvedValueOnce(flowAt('authorizing'))
  getFlow.mockResolvedValueOnce(flowAt('creating'))
  getFlow.mockResolvedValueOnce(flowAt('completed'))
  const { onFlow } = follow(getFlow)
  await vi.advanceTimersByTimeAsync(5000)
  expect(onFlow.mock.calls.map(([flow]) => (flow as Flow).status)).toEqual(['authorizing', 'creating', 'completed'])
  expect(getFlow.mock.calls.map(([, poll]) => [poll?.wait, poll?.since])).toEqual([
    [2, undefined],
    [25, 'authorizing'],
    [25, 'creating'],
  ])
})

test('a wake-up cuts the wait short', async () => {
  const getFlow = vi.fn<FollowFlowOptions['client']['getFlow']>()
  getFlow.mockResolvedValueOnce(flowAt('authorizing'))
  getFlow.mockImplementationOnce(
    (_, { signal } = {}) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('cut')))),
  )
  getFlow.mockResolvedValueOnce(flowAt('completed'))
  const { onFlow, following } = follow(getFlow)
  await vi.advanceTimersByTimeAsync(100)
  following.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(onFlow).toHaveBeenLastCalledWith(flowAt('completed'))
  expect(getFlow.mock.lastCall?.[1]?.wait).toBeUndefined()
})

test('a broken network is waited out', async () => {
  const getFlow = vi.fn<FollowFlowOptions['client']['getFlow']>()
  getFlow.mockRejectedValueOnce(new TypeError('fetch failed'))
  getFlow.mockRejectedValueOnce(new TypeError('fetch failed'))
  getFlow.mockResolvedValueOnce(flowAt('completed'))
  const { onFlow } = follow(getFlow)
  await vi.advanceTimersByTimeAsync(999)
  expect(getFlow).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2001)
  expect(onFlow).toHaveBeenCalledWith(flowAt('completed'))
})

test('a flow nobody has heard of is told with for how long', async () => {
  const { onMissing, following } = follow(() => Promise.reject(refusal('not_found')))
  await vi.advanceTimersByTimeAsync(1100)
  expect(onMissing.mock.calls).toEqual([[0], [500], [1000]])
  following.stop()
})

test.each(['session_expired', 'tenant_mismatch', 'origin_not_allowed'] as const)('%s ends the asking', async (code) => {
  const getFlow = vi.fn<FollowFlowOptions['client']['getFlow']>(() => Promise.reject(refusal(code)))
  const { onRefused } = follow(getFlow)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(onRefused).toHaveBeenCalledTimes(1)
  expect(getFlow).toHaveBeenCalledTimes(1)
})

test('a proxy that answers without waiting is not asked without pause', async () => {
  const getFlow = vi.fn<FollowFlowOptions['client']['getFlow']>(async () => flowAt('authorizing'))
  const { following } = follow(getFlow)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(getFlow.mock.calls.length).toBeLessThan(15)
  following.stop()
})
