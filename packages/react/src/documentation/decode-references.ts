// The parser's own decoder asks the DOM by `innerHTML`, which a page under Trusted Types forbids: it must never see a
// reference. So ampersands are set aside before the parse, and what they began is read here.

/** A character of the private use area, which no text has. */
const aside = '\uE000'

const names: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  times: '×',
  deg: '°',
  larr: '←',
  rarr: '→',
  le: '≤',
  ge: '≥',
  ne: '≠',
}

/** Text in which the parser finds no character reference. */
export const hideAmpersands = (text: string): string => text.replaceAll('&', aside)

/** What {@link hideAmpersands} hid, as it was: for code, where a reference is no reference. */
export const showAmpersands = (text: string): string => text.replaceAll(aside, '&')

/**
 * What {@link hideAmpersands} hid, its references read. One that is not known stays as it is written.
 *
 * @example
 * decodeReferences(hideAmpersands('a &amp; b &#8212; c')) // 'a & b — c'
 */
export const decodeReferences = (text: string): string =>
  showAmpersands(text).replaceAll(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,6}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return Object.hasOwn(names, name) ? (names[name] ?? whole) : whole
      const code = Number.parseInt(String(decimal ?? hex), decimal === undefined ? 16 : 10)
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
    },
  )
