// Which connectors to show first. A pure function: the same profile and offers always give the same list.
import type { BusinessProfile, Connector, Recommendation } from '@opsai/contract'
import { everybody, industryRules, type Rule, sizeRules, typeRules } from './weights.js'

/** How many are recommended. */
export const mostRecommended = 8

/** `11-50`, `51–200`, `1000+`, `medium` → a size; nothing where it can't be told. */
export function toSize(size: string): keyof typeof sizeRules | undefined {
  const text = size.trim().toLowerCase()
  if (/small|micro|startup|solo/.test(text)) return 'small'
  if (/medium|mid|smb/.test(text)) return 'medium'
  if (/large|enterprise|big/.test(text)) return 'large'
  const numbers = [...text.replaceAll(',', '').matchAll(/\d+/g)].map(([digits]) => Number(digits))
  if (numbers.length === 0) return undefined
  const most = Math.max(...numbers) + (text.includes('+') ? 1 : 0)
  return most <= 50 ? 'small' : most <= 500 ? 'medium' : 'large'
}

/** Whether a rule's word stands in the text as a word of its own: `it` is not in `hospitality`. */
const speaksOf = (text: string, { when }: Rule): boolean => {
  const words = ` ${text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, ' ')
    .trim()} `
  return when.some((word) => words.includes(` ${word} `))
}

function rulesFor({ industry, size, type }: BusinessProfile): Rule[] {
  const sizeOf = toSize(size)
  return [
    ...industryRules.filter((rule) => speaksOf(industry, rule)),
    ...typeRules.filter((rule) => speaksOf(type, rule)),
    ...(sizeOf ? [sizeRules[sizeOf]] : []),
    everybody,
  ]
}

/**
 * The connectors a business most likely uses, best first, each with reasons its owner can read. Only connectors that
 * exist are named, and every one that can be connected here comes before every one that can't.
 *
 * @example
 * recommendConnectors({ industry: 'retail', size: '11-50', type: 'b2c' }, connectors)[0] // shopify
 */
export function recommendConnectors(
  profile: BusinessProfile,
  connectors: readonly Connector[],
  atMost = mostRecommended,
): Recommendation[] {
  const rules = rulesFor(profile)
  const weighed = connectors
    .map(({ sourceType, availability }) => {
      const speaking = rules.filter((rule) => rule.connectors[sourceType] !== undefined)
      const weight = speaking.reduce((sum, rule) => sum + (rule.connectors[sourceType] ?? 0), 0)
      const strongest = [...speaking].sort((a, b) => (b.connectors[sourceType] ?? 0) - (a.connectors[sourceType] ?? 0))
      return { sourceType, weight, available: availability === 'available', reasons: toReasons(strongest) }
    })
    .filter(({ weight }) => weight > 0)
    .sort(
      (a, b) =>
        Number(b.available) - Number(a.available) || b.weight - a.weight || (a.sourceType < b.sourceType ? -1 : 1),
    )
    .slice(0, atMost)
  const best = Math.max(...weighed.map(({ weight }) => weight), 1)
  return weighed.map(({ sourceType, weight, available, reasons }) => ({
    sourceType,
    // What can't be connected stays below half, so that the order and the figure say the same.
    score: Math.round((available ? 0.5 + weight / best / 2 : weight / best / 2.1) * 100) / 100,
    reasons,
  }))
}

/** At most two; "a good place to start" only where nothing better is known. */
function toReasons(rules: readonly Rule[]): string[] {
  const told = rules.filter((rule) => rule !== everybody).map(({ reason }) => reason)
  return (told.length > 0 ? told : [everybody.reason]).slice(0, 2)
}
