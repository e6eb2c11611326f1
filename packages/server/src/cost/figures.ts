// Arithmetic with figures that are known well, badly or not at all: a result is known as badly as its worst part. Pure.
import type { Figure, Known } from '@opsai/contract'

const worstFirst: readonly Known[] = ['unknown', 'typical', 'sampled', 'counted']
const worse = (a: Known, b: Known): Known => worstFirst.find((known) => known === a || known === b) ?? 'unknown'

export const counted = (value: number): Figure => ({ known: 'counted', value })
export const sampled = (value: number): Figure => ({ known: 'sampled', value })
export const typical = (value: number): Figure => ({ known: 'typical', value })
export const unknown = (atLeast?: number): Figure => ({ known: 'unknown', ...(atLeast && { atLeast }) })

/** What a figure can't be less than: only what was counted is that sure. */
const floorOf = ({ known, value, atLeast }: Figure) => (known === 'counted' ? value : atLeast) ?? 0

/** `f` of both, where both have a value; what is less than that is at least what the parts make of it. */
export function combine(a: Figure, b: Figure, f: (a: number, b: number) => number): Figure {
  if (a.value === undefined || b.value === undefined) return unknown(f(floorOf(a), floorOf(b)))
  return { known: worse(a.known, b.known), value: f(a.value, b.value) }
}

export const times = (a: Figure, b: Figure): Figure => combine(a, b, (x, y) => x * y)
export const scale = (figure: Figure, factor: number): Figure => times(figure, counted(factor))
export const sum = (figures: readonly Figure[]): Figure =>
  figures.reduce((total, each) => combine(total, each, (x, y) => x + y), counted(0))

/** Rows and requests are whole; credits keep six places, as Airbyte shows them. */
export function round({ known, value, atLeast }: Figure, places = 0): Figure {
  const to = (number: number) => Math.round(number * 10 ** places) / 10 ** places
  return {
    known,
    ...(value !== undefined && { value: to(value) }),
    ...(atLeast !== undefined && to(atLeast) > 0 && { atLeast: to(atLeast) }),
  }
}
