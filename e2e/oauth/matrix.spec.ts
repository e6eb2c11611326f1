// The cells of the matrix where most goes wrong; `npm run prove` has all 36.
import type { Browser } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserName, launchBrowsers } from './browsers.js'
import { type Cell, describeCell } from './cells.js'
import { whoHears } from './partitioning.js'
import { type Line, toCount, toTable } from './print-matrix.js'
import { isCompleted, runCell } from './run-cell.js'
import { type OAuthWorld, startOAuthWorld } from './world.js'

let world: OAuthWorld
let browsers: Map<BrowserName, Browser>
beforeAll(async () => {
  ;[world, browsers] = await Promise.all([startOAuthWorld(), launchBrowsers()])
})
afterAll(async () => {
  for (const browser of browsers?.values() ?? []) await browser.close()
  await world?.close()
})

const coop = { host: 'same-origin', provider: 'same-origin' } as const
const cells: Cell[] = (['Chromium', 'Firefox'] as const).flatMap((browser) => [
  { browser, topology: 'callback cross-site', ...coop },
  { browser, topology: 'hub in a cross-site frame', ...coop },
])

test('situation 11: storage is partitioned in the browsers that are asked', async () => {
  for (const browser of browsers.values()) {
    expect(await whoHears(world, browser)).toEqual({ framed: [], topLevel: ['on a channel', 'in storage'] })
  }
})

test('situation 1: COOP on host and provider cuts the window off, and the sign-in completes', async () => {
  const lines: Line[] = []
  for (const cell of cells) {
    const browser = browsers.get(cell.browser)
    if (browser) lines.push({ cell, result: await runCell(world, browser, cell) })
  }
  console.log(`${toTable(lines)}\n${toCount(lines)}`)
  expect(lines.filter(({ result }) => !isCompleted(result)).map(({ cell }) => describeCell(cell))).toEqual([])
  for (const { cell, result } of lines) {
    const isFramed = cell.topology === 'hub in a cross-site frame'
    expect(result).toMatchObject({ closedWhileOpen: isFramed ? undefined : true, closedItself: true })
  }
})

test('what carries it is the server: a framed page that may not poll hears of nothing', async () => {
  const browser = browsers.get('Chromium')
  if (!browser) throw new Error('no Chromium')
  const cell: Cell = { browser: 'Chromium', topology: 'hub in a cross-site frame', host: 'none', provider: 'none' }
  const result = await runCell(world, browser, cell, 'off')
  expect(result).toMatchObject({ state: 'opening', hints: [], sources: { atProxy: 1, atAirbyte: 1 } })
})
