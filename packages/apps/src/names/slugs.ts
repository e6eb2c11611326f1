// Names for addresses, files and code, out of names that may be anything. Each depends on its own name alone, so that
// a new stream changes nobody's address, unless the two would share one: then both end in a hash.
import { shortHash } from '../code/hash.js'
import { toWords } from './labels.js'

/** Names no file may have on Windows, and addresses the app has already. */
const takenSlugs = new Set('con prn aux nul com1 com2 com3 com4 lpt1 lpt2 lpt3 lpt4 index'.split(' '))

const reservedWords = new Set(
  (
    'abstract any arguments as async await boolean break case catch class const constructor continue debugger declare ' +
    'default delete do else enum eval export extends false finally for from function get globalThis if implements import ' +
    'in infer instanceof interface is keyof let module namespace never new null number object of package private ' +
    'protected public readonly require return satisfies set static streams string super switch symbol this throw true ' +
    'try type typeof undefined unique unknown var void while with yield'
  ).split(' '),
)

const LONGEST = 80

function toPlainSlug(name: string): string {
  const words = toWords(name.normalize('NFKD').replace(/\p{M}/gu, ''))
  return words
    .join('-')
    .replace(/[^a-z0-9-]/g, '')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '')
}

/** Whether all that was in a name is in its slug: else the hash says the rest. */
const isWhole = (slug: string) => slug !== '' && slug.length <= LONGEST && !takenSlugs.has(slug)

/** Gives every name what `wish` makes of it; those that would share one, or get nothing fit, end in a hash. */
function nameApart(
  names: readonly string[],
  wish: (name: string) => string,
  withHash: (wished: string, hash: string) => string,
  isFit: (wished: string) => boolean,
): Map<string, string> {
  const wished = new Map([...new Set(names)].sort().map((name) => [name, wish(name)]))
  const counts = new Map<string, number>()
  for (const one of wished.values()) counts.set(one, (counts.get(one) ?? 0) + 1)
  const isPlain = (one: string) => isFit(one) && counts.get(one) === 1
  const taken = new Set([...wished.values()].filter(isPlain))
  return new Map(
    [...wished].map(([name, one]) => {
      if (isPlain(one)) return [name, one]
      for (let digits = 6; ; digits += 2) {
        const own = withHash(one, shortHash(name, digits))
        if (taken.has(own)) continue
        taken.add(own)
        return [name, own]
      }
    }),
  )
}

/**
 * A slug for each of several names: small letters, digits and `-`, never two the same, however names differ only by case.
 * @example
 * toSlugs(['acme_crm_Deals']).get('acme_crm_Deals') // 'acme-crm-deals'
 */
export const toSlugs = (names: readonly string[]): Map<string, string> =>
  nameApart(names, toPlainSlug, (slug, hash) => `${slug.slice(0, LONGEST - 17) || 'stream'}-${hash}`, isWhole)

/**
 * An identifier for each of several slugs.
 * @example
 * toIdentifiers(['acme-crm-deals']).get('acme-crm-deals') // 'acmeCrmDeals'
 */
export const toIdentifiers = (slugs: readonly string[]): Map<string, string> =>
  nameApart(
    slugs,
    toCamel,
    (name, hash) => `${name}_${hash}`,
    (name) => !reservedWords.has(name),
  )

function toCamel(slug: string): string {
  const camel = slug.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return /^[a-z]/.test(camel) ? camel : `stream${camel}`
}

/** The name of a type for an identifier. */
export const toTypeName = (identifier: string): string => identifier.charAt(0).toUpperCase() + identifier.slice(1)
