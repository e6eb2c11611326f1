// A source's value → the text its column takes. What doesn't fit becomes NULL and says so in `_airbyte_meta`; a row is
// never lost and a sync never fails over one value.
import type { RecordChange } from '../protocol/messages.js'
import type { ColumnType } from './column-type.js'

/** Why a value did not fit, in Airbyte's words. */
export type Misfit =
  'DESTINATION_FIELD_SIZE_LIMITATION' | 'DESTINATION_SERIALIZATION_ERROR' | 'DESTINATION_TYPECAST_ERROR'

export type Coerced = { kind: 'fits'; text: string | null } | { kind: 'misfit'; reason: Misfit }

const fits = (text: string | null): Coerced => ({ kind: 'fits', text })
const wrongType: Coerced = { kind: 'misfit', reason: 'DESTINATION_TYPECAST_ERROR' }
const tooLarge: Coerced = { kind: 'misfit', reason: 'DESTINATION_FIELD_SIZE_LIMITATION' }

/** A JSON value for a column. */
export function coerceValue(value: unknown, type: ColumnType): Coerced {
  if (value === null || value === undefined) return fits(null)
  if (type === 'jsonb') return coerceDocument(value)
  if (type === 'varchar') return fits(wellFormed(typeof value === 'string' ? value : toJson(value)))
  if (type === 'boolean') return coerceBoolean(value)
  if (type === 'bigint') return coerceInteger(value)
  if (type === 'decimal') return coerceDecimal(value)
  return typeof value === 'string' ? coerceMoment(value.trim(), type) : wrongType
}

/** A value that is text as Postgres writes it, where `jsonb` columns get JSON text. */
export function coerceText(text: string | null, type: ColumnType): Coerced {
  if (text === null || type !== 'jsonb') return coerceValue(text, type)
  try {
    const value: unknown = JSON.parse(text)
    return /\\u(0000|d[89a-f])/i.test(text) || hasLoneSurrogate(text) ? coerceDocument(value) : fits(text)
  } catch {
    return { kind: 'misfit', reason: 'DESTINATION_SERIALIZATION_ERROR' }
  }
}

/** What `_airbyte_meta.changes` says about a value that became NULL. */
export function toChange(field: string, reason: Misfit): RecordChange {
  return { field, change: 'NULLED', reason }
}

function coerceBoolean(value: unknown): Coerced {
  if (value === true || value === 'true' || value === 't') return fits('t')
  if (value === false || value === 'false' || value === 'f') return fits('f')
  return wrongType
}

const lowestBigint = -(2n ** 63n)
const highestBigint = 2n ** 63n - 1n

function coerceInteger(value: unknown): Coerced {
  if (typeof value === 'string' ? !/^[+-]?\d{1,4000}$/.test(value) : !isWhole(value)) return wrongType
  const whole = BigInt(typeof value === 'string' ? value.replace(/^\+/, '') : (value as number | bigint))
  return whole < lowestBigint || whole > highestBigint ? tooLarge : fits(whole.toString())
}

function isWhole(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value)
}

/** Postgres' numeric holds 131072 digits before the point and 16383 after it. */
const mostDigits = 16_000

function coerceDecimal(value: unknown): Coerced {
  if (typeof value === 'bigint') return coerceDecimal(value.toString())
  if (typeof value === 'number') return Number.isFinite(value) ? fits(String(value)) : wrongType
  if (typeof value !== 'string') return wrongType
  if (/^(NaN|[+-]?Infinity)$/.test(value)) return fits(value)
  const parts = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,9}))?$/.exec(value)
  if (!parts) return wrongType
  const digits = value.length + Math.abs(Number(parts[1] ?? 0))
  return digits > mostDigits ? tooLarge : fits(value)
}

const datePart = String.raw`(?<year>\d{4,6})-(?<month>\d{2})-(?<day>\d{2})`
const timePart = String.raw`(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d{1,9})?)?`
const zonePart = String.raw`(?<zone>Z|z|[+-](?<zoneHour>\d{2})(?::?(?<zoneMinute>\d{2}))?(?::\d{2})?)?`
const eraPart = String.raw`(?<era> BC)?`
const dateText = new RegExp(`^${datePart}${eraPart}$`)
const timeText = new RegExp(`^${timePart}\\s?${zonePart}$`)
const momentText = new RegExp(`^${datePart}(?:[T ]${timePart}\\s?${zonePart})?${eraPart}$`, 'i')

type MomentType = Extract<ColumnType, `date${string}` | `time${string}`>

/** Postgres' own ranges end in 294276 for moments; BC years only go to 4714. */
function isRealDate(parts: Record<string, string | undefined>): boolean {
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)]
  if (year < 1 || year > (parts.era ? 4712 : 294_275) || month < 1 || month > 12 || day < 1) return false
  const leapYear = parts.era ? year - 1 : year
  const leap = leapYear % 4 === 0 && (leapYear % 100 !== 0 || leapYear % 400 === 0)
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!
}

function isRealTime(parts: Record<string, string | undefined>): boolean {
  const [hour, minute, second] = [Number(parts.hour ?? 0), Number(parts.minute ?? 0), Number(parts.second ?? 0)]
  const zone = Number(parts.zoneHour ?? 0) <= 14 && Number(parts.zoneMinute ?? 0) < 60
  return zone && hour < 24 && minute < 60 && second < 60
}

function coerceMoment(text: string, type: MomentType): Coerced {
  if (/^-?infinity$/.test(text))
    return type.startsWith('time') && !type.startsWith('timestamp') ? wrongType : fits(text)
  if (type === 'time' || type === 'time with time zone') return coerceTime(text, type)
  const parts = (dateText.exec(text) ?? momentText.exec(text))?.groups
  if (!parts || !isRealDate(parts) || !isRealTime(parts)) return wrongType
  const day = `${parts.year}-${parts.month}-${parts.day}`
  const era = parts.era ? ' BC' : ''
  if (type === 'date') return fits(day + era)
  const clock = /\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?/.exec(text)?.[0] ?? '00:00:00'
  const zone = type === 'timestamp' ? '' : (parts.zone?.toUpperCase() ?? 'Z')
  return fits(`${day} ${clock}${zone}${era}`)
}

function coerceTime(text: string, type: 'time' | 'time with time zone'): Coerced {
  if (/^24:00(:00(\.0+)?)?/.test(text)) return coerceEndOfDay(text, type)
  const parts = timeText.exec(text)?.groups
  if (!parts || !isRealTime(parts)) return wrongType
  const zone = parts.zone ?? ''
  const clock = zone === '' ? text : text.slice(0, text.length - zone.length).trim()
  return fits(type === 'time' ? clock : clock + (zone === '' ? 'Z' : zone.toUpperCase()))
}

/** Postgres has a 24:00:00, the end of a day. */
function coerceEndOfDay(text: string, type: 'time' | 'time with time zone'): Coerced {
  const zone = /[+-]\d{2}(:?\d{2})?$/.exec(text)?.[0] ?? 'Z'
  return fits(type === 'time' ? '24:00:00' : `24:00:00${zone}`)
}

function coerceDocument(value: unknown): Coerced {
  const text = toJson(value)
  return fits(/\\u(0000|d[89a-f])/i.test(text) ? toJson(cleanDocument(value)) : text)
}

function toJson(value: unknown): string {
  const text: string | undefined = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint' ? inner.toString() : inner,
  )
  return text ?? 'null'
}

/** jsonb refuses NUL and half surrogate pairs, in keys as in values. */
function cleanDocument(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value.replaceAll('\u0000', ''))
  if (Array.isArray(value)) return value.map(cleanDocument)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [
    wellFormed(key.replaceAll('\u0000', '')),
    cleanDocument(inner),
  ])
  return Object.fromEntries(entries)
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

function hasLoneSurrogate(text: string): boolean {
  return loneSurrogate.test(text)
}

function wellFormed(text: string): string {
  return hasLoneSurrogate(text) ? text.replace(new RegExp(loneSurrogate, 'g'), '\uFFFD') : text
}
