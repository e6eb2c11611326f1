// Pressing keys and looking where the focus is: all that somebody without a mouse can do.
import type { Page } from 'playwright-core'
import { readStop, type Stop } from './read-stop.js'

export interface Hands {
  press: (key: string, times?: number) => Promise<void>
  type: (text: string) => Promise<void>
  look: () => Promise<Stop | null>
  keys: () => number
}

export function createHands(page: Page): Hands {
  let pressed = 0
  return {
    async press(key, times = 1) {
      for (let left = times; left > 0; left--) await page.keyboard.press(key)
      pressed += times
    },
    async type(text) {
      pressed += text.length
      await page.keyboard.type(text)
    },
    look: () => page.evaluate(readStop),
    keys: () => pressed,
  }
}
