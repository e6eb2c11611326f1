// Figures in words that never say more than is known. Pure.
import type { CreditRate, Figure } from '@opsai/contract'
import type { Messages } from '../messages/messages.js'

type Texts = Messages['cost']

/**
 * @param unit how an amount is written: "60 rows"
 * @example
 * describeFigure(en.cost, { known: 'typical', value: 60 }, en.sync.rows) // 'typically 60 rows'
 */
export function describeFigure(texts: Texts, { known, value, atLeast }: Figure, unit: (n: number) => string): string {
  if (known === 'unknown' || value === undefined) return atLeast ? texts.atLeast(unit(atLeast)) : texts.unknown
  return texts[known](unit(value))
}

/** Credits, or that none are asked for here. */
export function describeCredits(texts: Texts, { edition }: CreditRate, credits: Figure): string {
  return edition === 'cloud' ? describeFigure(texts, credits, texts.credits) : texts.noCredits[edition]
}
