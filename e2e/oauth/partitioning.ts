// Whether a browser keeps a framed page apart from windows of the same origin, as people's browsers do. Where it does not,
// the matrix proves nothing: a driver that switches it off hides every bug it is there to find.
import type { Browser, Page } from 'puppeteer-core'
import { openApp, type Surface } from './person.js'
import type { OAuthWorld } from './world.js'

/** What pages of the app heard of a third one's message, and what they see of its storage. */
export interface Heard {
  /** In a frame of another site. */
  framed: string[]
  /** In a window of its own. */
  topLevel: string[]
}

export async function whoHears(world: OAuthWorld, browser: Browser): Promise<Heard> {
  const person = await openApp(world, browser, {}, { framed: {} })
  try {
    const openTab = async (): Promise<Page> => {
      const tab = await person.context.newPage()
      await tab.goto(`${world.sites.app}/airbyte-return`)
      return tab
    }
    const listener = await openTab()
    await listen(person.app)
    await listen(listener)
    const speaker = await openTab()
    await speaker.evaluate(() => {
      localStorage.setItem('said', 'in storage')
      new BroadcastChannel('control').postMessage('on a channel')
    })
    // Whoever hears at all has heard once the others' window has.
    await listener.waitForFunction(() => document.title !== 'App')
    return { framed: await heardBy(person.app), topLevel: await heardBy(listener) }
  } finally {
    await person.leave()
  }
}

const listen = (page: Surface) =>
  page.evaluate(() => {
    const channel = new BroadcastChannel('control')
    channel.addEventListener('message', ({ data }) => (document.title = String(data)))
  })

const heardBy = (page: Surface) =>
  page.evaluate(() => {
    const readStorage = () => {
      try {
        return localStorage.getItem('said')
      } catch {
        return 'storage is denied'
      }
    }
    return [document.title === 'App' ? null : document.title, readStorage()].filter((said) => said !== null)
  })
