import { createHash } from 'node:crypto'

/** The first hexadecimal digits of a text's SHA-256: tells apart what would else share a name. */
export const shortHash = (text: string, digits = 8): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits)
