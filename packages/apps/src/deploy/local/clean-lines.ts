// What a program prints, line by line, fit to be shown. It may print anything, gigabytes without the end of a line included.
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { withoutColours } from '../blank-secrets.js'

/** So much of one line is looked at; the rest of it is passed over. */
const LOOKED_AT = 64 * 1024
/** What of a line so long may be the first half of a secret. */
const MAY_BE_HALF = 8 * 1024
/** So much of one line is shown. */
const SHOWN = 2_000

/** @param clean takes what is secret out of a line; it sees the whole of it, for half a secret is not found */
export function onCleanLine(stream: Readable, clean: (line: string) => string, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8')
  let held = ''
  let isOver = false
  const end = () => {
    const cleaned = clean(withoutColours(held.replace(/\r$/, '')))
    const shown = cleaned.slice(0, isOver ? Math.max(0, Math.min(SHOWN, cleaned.length - MAY_BE_HALF)) : SHOWN)
    onLine(shown.length < cleaned.length || isOver ? `${shown}…` : shown)
    held = ''
    isOver = false
  }
  const take = (text: string) => {
    if (isOver) return
    held += text
    if (held.length <= LOOKED_AT) return
    held = held.slice(0, LOOKED_AT)
    isOver = true
  }
  stream.on('data', (bytes: Buffer) => {
    const [first = '', ...others] = decoder.write(bytes).split('\n')
    take(first)
    for (const text of others) {
      end()
      take(text)
    }
  })
  stream.once('end', () => {
    if (held !== '') end()
  })
}
