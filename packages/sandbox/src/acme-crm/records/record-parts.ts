// What several kinds of record are made of.
import { createRandom, type Random } from './random.js'
import type { Address } from './records.js'
import * as words from './words.js'

/** Between these, records were born and changed before anybody looked. */
export const earliest = Date.UTC(2023, 0, 1)
export const latest = Date.UTC(2025, 9, 31)

export function makeMoments(random: Random, bornAt: string | undefined) {
  const created = random.between(earliest, latest)
  const updated = random.between(created, latest)
  return {
    createdAt: bornAt ?? new Date(created).toISOString(),
    updatedAt: bornAt ?? new Date(updated).toISOString(),
  }
}

export function makeAddress(random: Random): Address {
  const { city, country, latitude, longitude } = random.pick(words.cities)
  const near = (degrees: number) => Math.round((degrees + (random.next() - 0.5) / 10) * 10_000) / 10_000
  return {
    street: `${random.between(1, 240)} ${random.pick(words.streets)}`,
    city,
    postalCode: String(random.between(10_000, 99_999)),
    country,
    location: random.chance(0.7) ? { latitude: near(latitude), longitude: near(longitude) } : null,
  }
}

export function companyName(seed: number, n: number): string {
  const random = createRandom(`${seed}/company name/${n}`)
  return `${random.pick(words.companyFirst)} ${random.pick(words.companySecond)}${n < 80 ? '' : ` ${n}`}`
}

export const companyDomain = (seed: number, n: number): string => `${toLetters(companyName(seed, n))}-${n}.example`
export const phoneNumber = (random: Random): string =>
  `+44 20 7946 ${String(random.between(0, 9_999)).padStart(4, '0')}`
export const toDate = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** What is left in ASCII: "Zoë" is zoe; a name in another script keeps nothing and becomes "x". */
export function toLetters(text: string): string {
  const letters = text.normalize('NFKD').replace(/[^A-Za-z0-9]/g, '')
  return letters.toLowerCase() || 'x'
}
