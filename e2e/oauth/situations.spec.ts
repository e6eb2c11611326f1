// The quick ones of the situations, in Chromium; `npm run prove` plays all of them, and these with them.
import { describe } from 'vitest'
import { playSituations } from './play-situations.js'
import { situations } from './situations.js'

describe.skipIf(process.env.OPSAI_PROVE === '1')('the quick ones', () => {
  playSituations(
    ['Chromium'],
    situations.filter(({ isQuick }) => isQuick),
  )
})
