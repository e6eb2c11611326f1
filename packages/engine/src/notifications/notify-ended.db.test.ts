// trap 27 as the engine has it: unsigned, words for Slack, `data` for programs.
import { expect, it } from 'vitest'
import { ConnectorError } from '../connector/connector-error.js'
import type { Script } from '../test/scripted-connector.js'
import { pause, startWorld } from '../test/sync-world.js'
import { until } from '../test/test-engine.js'
import { listenWebhooks } from '../test/webhook-receiver.js'

async function startNotified(script: Script, settings: (url: string) => object, options: object = {}) {
  const hook = await listenWebhooks()
  const world = await startWorld(script, { retry: { maxCompleteFailures: 1 }, ...options })
  const { workspaceId } = await world.airbyte.sources.get(world.sourceId)
  const response = await world.engine.send('PATCH', `/api/public/v1/workspaces/${workspaceId}`, {
    notifications: settings(hook.url),
  })
  expect(response.status).toBe(200)
  return { ...world, hook, workspaceId }
}

const both = (url: string) => ({
  success: { webhook: { enabled: true, url } },
  failure: { webhook: { enabled: true, url } },
})

it('a workspace’s webhook is told of a sync that succeeded, as Airbyte tells it', async () => {
  const world = await startNotified({ rows: 10 }, both)
  const connectionId = await world.connect()
  const jobId = await world.sync(connectionId)
  await world.ended(jobId)
  await until(() => Promise.resolve(world.hook.received.length > 0))
  const [{ body, headers } = { body: {}, headers: {} }] = world.hook.received
  expect(body).toEqual({
    text: 'Sync succeeded: C',
    blocks: expect.arrayContaining([expect.objectContaining({ type: 'section' })]),
    data: {
      workspace: { id: world.workspaceId, name: 'acme', url: expect.stringContaining(world.workspaceId) },
      connection: { id: connectionId, name: 'C', url: expect.stringContaining(connectionId) },
      source: { id: world.sourceId, name: 'S', url: expect.stringContaining(world.sourceId) },
      destination: { id: expect.any(String), name: 'D', url: expect.any(String) },
      jobId,
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      bytesEmitted: expect.any(Number),
      bytesCommitted: expect.any(Number),
      recordsEmitted: 10,
      recordsCommitted: 10,
      recordsFilteredOut: 0,
      bytesFilteredOut: 0,
      bytesEmittedFormatted: expect.stringMatching(/ k?B$/),
      bytesCommittedFormatted: expect.stringMatching(/ k?B$/),
      success: true,
      durationInSeconds: expect.any(Number),
      durationFormatted: expect.stringMatching(/sec$/),
    },
  })
  expect(Object.keys(headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'host'])
  await pause(300)
  expect(world.hook.received).toHaveLength(1)
  await world.hook.close()
})

it('of one that failed, with the reason and no secret in it', async () => {
  const beforeRead = () => Promise.reject(new ConnectorError('config_error', 'The key canary-77 was revoked <now>.'))
  const world = await startNotified({ beforeRead }, both)
  await world.ended(await world.sync(await world.connect()))
  await until(() => Promise.resolve(world.hook.received.length > 0))
  const text = JSON.stringify(world.hook.received)
  expect(world.hook.received[0]?.body.data).toMatchObject({
    success: false,
    errorMessage: 'The key ********** was revoked <now>.',
    errorType: 'config_error',
    errorOrigin: 'source',
  })
  expect(text).toContain('revoked &lt;now&gt;')
  expect(text).not.toContain('canary-77')
  await world.hook.close()
})

it('nobody is told of what they did not ask for, nor of a clear', async () => {
  const world = await startNotified({ rows: 10 }, (url) => ({ success: { webhook: { enabled: true, url } } }))
  const connectionId = await world.connect()
  await world.ended(await world.sync(connectionId))
  const cleared = await world.engine.send('POST', '/api/v1/connections/clear', { connectionId })
  const { job } = (await cleared.json()) as { job: { id: number } }
  expect(await world.ended(job.id)).toMatchObject({ status: 'succeeded' })
  await pause(300)
  expect(world.hook.received).toHaveLength(1)
  await world.engine.send('PATCH', `/api/public/v1/workspaces/${world.workspaceId}`, {
    notifications: { success: { webhook: { enabled: false, url: world.hook.url } } },
  })
  await world.ended(await world.sync(connectionId))
  await pause(300)
  expect(world.hook.received).toHaveLength(1)
  await world.hook.close()
})

it('a webhook that is down, or in a closed network, changes nothing for the sync', async () => {
  const world = await startNotified({ rows: 10 }, both, { privateAddresses: 'refused' })
  const job = await world.ended(await world.sync(await world.connect()))
  expect(job).toMatchObject({ status: 'succeeded' })
  await pause(300)
  expect(world.hook.received).toEqual([])
  await world.hook.close()
})

it('can be tried before it is needed: with words, and no data', async () => {
  const hook = await listenWebhooks()
  const { engine } = await startWorld()
  const slackConfiguration = { webhook: hook.url }
  for (const [path, body] of [
    ['try', { notificationType: 'slack', sendOnSuccess: true, sendOnFailure: true, slackConfiguration }],
    ['try_webhook', { slackConfiguration, notificationTrigger: 'sync_failure' }],
  ] as const) {
    const response = await engine.send('POST', `/api/v1/notifications/${path}`, body)
    expect(await response.json()).toEqual({ status: 'succeeded' })
  }
  expect(hook.received.map(({ body }) => Object.keys(body))).toEqual([['text'], ['text']])
  await hook.close()
  const gone = await engine.send('POST', '/api/v1/notifications/try_webhook', { slackConfiguration })
  expect(await gone.json()).toMatchObject({ status: 'failed' })
})
