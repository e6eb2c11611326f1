/** Longest message shown open, in characters: about three lines. */
const lengthLimit = 240

/** A message as it is shown: its beginning, and the whole of it behind a fold where that is more. */
export interface MessageParts {
  short: string
  whole?: string
}

/**
 * Splits what a connector said: a sentence to read at once, and all of it (stack traces included) for whoever wants it.
 *
 * @example
 * toMessageParts('Refused.\nat connect (db.ts:1)') // { short: 'Refused.', whole: 'Refused.\nat connect (db.ts:1)' }
 */
export function toMessageParts(message: string): MessageParts {
  const whole = message.trim()
  const line = whole.split(/\r?\n/, 1)[0]?.trim() ?? ''
  const short = line.length > lengthLimit ? `${line.slice(0, lengthLimit).replace(/\s+\S*$/, '')} …` : line
  return short === whole ? { short } : { short, whole }
}
