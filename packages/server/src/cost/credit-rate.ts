// What Airbyte sells. Credits are Airbyte Cloud's alone: the embedded engine costs none, nor does one's own Airbyte.
import type { ConnectorCategory, CreditRate, Figure } from '@opsai/contract'
import type * as z from 'zod'
import { counted, round, scale } from './figures.js'

/** Credits for what Airbyte Cloud counts. */
export interface CreditPrices {
  perMillionRows: number
  perGigabyte: number
}

/** As Airbyte publishes them; an operator with a contract of their own has other ones. */
export const publishedPrices: CreditPrices = { perMillionRows: 6, perGigabyte: 4 }
const source = 'https://docs.airbyte.com/platform/cloud/managing-airbyte-cloud/manage-credits'
const asOf = '2026-11-28'

/** Databases and files are counted by what they weigh, everything else by its rows. */
export function toCreditRate(
  edition: CreditRate['edition'],
  category: z.infer<typeof ConnectorCategory> | undefined,
  prices: CreditPrices,
): CreditRate {
  const by = category === 'Databases' || category === 'File storage' ? 'gigabytes' : 'rows'
  const price = by === 'rows' ? prices.perMillionRows : prices.perGigabyte
  return { edition, by, credits: edition === 'cloud' ? price : 0, source, asOf }
}

/** Credits for so many rows and bytes. Where nothing is sold that is known to be nothing, whatever the amount. */
export function toCredits({ edition, by, credits }: CreditRate, rows: Figure, bytes: Figure): Figure {
  if (edition !== 'cloud') return counted(0)
  const amount = by === 'rows' ? scale(rows, 1 / 1_000_000) : scale(bytes, 1 / 1_000_000_000)
  return round(scale(amount, credits), 6)
}
