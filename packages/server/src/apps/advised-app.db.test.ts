// A language model may draw an app's dashboard. It is asked where an app is written, and what it says is checked.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type AppWorld, createAppWorld, isUpToDate } from '../test/app-world.js'
import { type LanguageModelServer, startLanguageModelServer } from '../test/language-model-server.js'

let model: LanguageModelServer
let world: AppWorld
let token: string
beforeAll(async () => {
  model = await startLanguageModelServer()
  world = await createAppWorld({ adviser: { claude: { apiKey: 'sk-test-0123456789', baseUrl: model.url } } })
  token = await world.newSession('acme')
  await world.connect(token, 'acme')
})
afterAll(async () => {
  await world.close()
  await model.close()
})
beforeEach(() => {
  model.heard.length = 0
})

const read = async (url = '', path: string) => (await fetch(`${url}/generated/${path}`)).text()
type Streams = { streams: { id: string; columns: { id: string; type: string }[] }[] }

test('its headings are in the app, whose manifest says who chose', async () => {
  model.answer(({ data }) => {
    const [{ id, columns } = { id: '', columns: [] }] = (data as Streams).streams
    const column = columns.find(({ type }) => type.startsWith('timestamp'))?.id
    const charts = [{ kind: 'series', title: 'People who joined', column }]
    return { how: 'says', answer: { streams: [{ id, title: 'Our people', charts }] } }
  })
  await world.ask('acme')
  const { url } = await world.until('acme', isUpToDate)
  expect(await read(url, 'charts.ts')).toContain('People who joined')
  expect(await read(url, 'manifest.json')).toContain('"advisedBy": "claude"')
})

test('what runs is not built anew because it would say something else now', async () => {
  model.answer({ how: 'says', answer: { streams: [] } })
  const before = await world.get('acme')
  await world.ask('acme')
  const after = await world.until('acme', ({ revision }) => revision.deployed > (before?.revision.deployed ?? 0))
  expect([after.deploymentId, model.heard]).toEqual([before?.deploymentId, []])
})

test('where it fails, rules draw the app', async () => {
  model.answer({ how: 'refuses' })
  await world.newSession('globex').then((other) => world.connect(other, 'globex'))
  await world.ask('globex')
  const { url } = await world.until('globex', isUpToDate)
  expect(model.heard).toHaveLength(1)
  expect(await read(url, 'manifest.json')).toContain('"advisedBy": "rules"')
})
