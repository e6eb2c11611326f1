import { expect, test } from 'vitest'
import { choosePlace, type SignInMode } from './choose-place.js'

type Page = 'browser' | 'frame' | 'webview' | 'webview that can open a browser' | 'frame in such a webview'

const placeOn = (mode: SignInMode, page: Page) =>
  choosePlace(
    mode,
    { isFramed: () => page.startsWith('frame'), isWebview: () => page.includes('webview') },
    /open|such/.test(page),
  )

test.each<[SignInMode, Page, string]>([
  ['auto', 'browser', 'window'],
  ['auto', 'frame', 'window'],
  ['auto', 'webview', 'tab'],
  ['auto', 'webview that can open a browser', 'external'],
  ['auto', 'frame in such a webview', 'window'],
  ['popup', 'browser', 'window'],
  ['popup', 'webview that can open a browser', 'window'],
  ['redirect', 'browser', 'tab'],
  ['redirect', 'webview that can open a browser', 'tab'],
  ['redirect', 'frame', 'window'],
  ['external', 'browser', 'external'],
  ['external', 'frame', 'external'],
])('%s in a %s: %s', (mode, page, place) => {
  expect(placeOn(mode, page)).toBe(place)
})
