// Every cell of the matrix in real browsers, and each once more with a page that may not poll: server state carries it.
import type { Browser } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserName, launchBrowsers } from './browsers.js'
import { cellsOf, describeCell } from './cells.js'
import { type Line, toCount, toTable } from './print-matrix.js'
import { isCompleted, runCell } from './run-cell.js'
import { type OAuthWorld, startOAuthWorld } from './world.js'

let world: OAuthWorld
let browsers: Map<BrowserName, Browser>
beforeAll(async () => {
  world = await startOAuthWorld()
  browsers = await launchBrowsers()
})
afterAll(async () => {
  for (const browser of browsers?.values() ?? []) await browser.close()
  await world?.close()
})

test('a sign-in completes in every cell; without polls only where a hint comes through', async () => {
  const lines: Line[] = []
  for (const [name, browser] of browsers) {
    for (const cell of cellsOf(name)) {
      const result = await runCell(world, browser, cell)
      lines.push({ cell, result, unpolled: await runCell(world, browser, cell, 'off') })
    }
  }
  console.log(`${toTable(lines)}\n${toCount(lines)}`)
  for (const { cell, result, unpolled } of lines) {
    expect({ ...result, cell: describeCell(cell), isCompleted: isCompleted(result) }).toMatchObject({
      cell: describeCell(cell),
      isCompleted: true,
      closedItself: true,
    })
    // A hint that came is what an unpolled page goes by; a framed page gets none, for its storage is partitioned.
    const hears = cell.topology !== 'hub in a cross-site frame'
    expect(unpolled && [describeCell(cell), isCompleted(unpolled)]).toEqual([describeCell(cell), hears])
  }
  // That COOP is in force is seen by the handle that lies.
  const severed = lines.filter(({ cell, result }) => cell.host === 'same-origin' && result.opened === 'window')
  expect(severed.map(({ result }) => result.closedWhileOpen)).toEqual(severed.map(() => true))
})
