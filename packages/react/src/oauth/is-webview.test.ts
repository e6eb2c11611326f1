import { expect, test } from 'vitest'
import { isWebview } from './is-webview.js'

const apple = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const android = 'AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36'

test.each([
  ['a web view on Android', `Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) ${android}`, true],
  ['a web view on an iPhone', `${apple} Mobile/15E148`, true],
  ['Facebook', `${apple} Mobile/15E148 [FBAN/FBIOS;FBAV/489.0;]`, true],
  ['Instagram', `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${android} Instagram 330.0.0`, true],
  ['WeChat', `${apple} Mobile/15E148 MicroMessenger/8.0.50`, true],
  ['Safari on an iPhone', `${apple} Version/18.1 Mobile/15E148 Safari/604.1`, false],
  ['Chrome on an iPhone', `${apple} CriOS/131.0.0.0 Mobile/15E148 Safari/604.1`, false],
  ['Chrome on Android', `Mozilla/5.0 (Linux; Android 10; K) ${android.replace('Version/4.0 ', '')}`, false],
  [
    'Safari on a Mac',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1',
    false,
  ],
  ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', false],
])('%s', (_, userAgent, expected) => {
  expect(isWebview(userAgent)).toBe(expected)
})
