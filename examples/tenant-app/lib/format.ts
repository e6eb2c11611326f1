// Values as people read them. Nothing is rounded but where it says so; what can't be read as its type stays as it is.
import type { RowCount } from './count-rows'
import type { Column, Value } from './stream'

const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const whole = new Intl.NumberFormat('en-US')
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 })
const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 0 })

/** Numbers that name something are not grouped: `1,234` is no order's number. */
const names = /(^|[\s_])(id|ids|no|number|code|ref|zip|year|phone|key)$/i
export const isName = ({ name, label }: Column) => names.test(label) || names.test(name)

/**
 * `1234567.80` → `1,234,567.80`: on the text, so that no digit is lost.
 */
export function groupDigits(text: string): string {
  const [, sign = '', digits, rest = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? []
  return digits === undefined ? text : `${sign}${digits.replace(/\B(?=(\d{3})+$)/g, ',')}${rest}`
}

/** `2026-02-28` or `2026-02-28 14:05:33.1234+00` as Postgres writes it, in parts. */
export function parseTime(text: string): Moment | undefined {
  const [, day, time, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(\.\d+)?(\+00)?)?$/.exec(text) ?? []
  const date = new Date(`${day}T${time ?? '00:00:00'}Z`)
  if (day === undefined || Number.isNaN(date.getTime())) return undefined
  if (time === undefined) return { iso: day, date }
  return { iso: `${day}T${time}${zone ? 'Z' : ''}`, date, time: `${time}${fraction}`, ...(zone && { zone: 'UTC' }) }
}

interface Moment {
  /** For machines. */
  iso: string
  date: Date
  /** `14:05:33.1234`, where there is one. */
  time?: string
  /** Where the text names one. */
  zone?: 'UTC'
}

/** A year of three digits reads like one of today: it stays as Postgres writes it. */
const isReadable = ({ date }: Moment) => date.getUTCFullYear() >= 1000

/** A moment in words: `28 Feb 2026, 14:05`. */
export function formatTime(text: string): string {
  const moment = parseTime(text)
  if (!moment || !isReadable(moment)) return text
  return `${dates.format(moment.date)}${moment.time === undefined ? '' : `, ${moment.time.slice(0, 5)}`}`
}

/** With all there is of it: `28 Feb 2026, 14:05:33.1234 UTC`. */
export function formatMoment(text: string): string {
  const moment = parseTime(text)
  if (!moment || !isReadable(moment)) return text
  const time = moment.time?.replace(/:00$/, '')
  return `${dates.format(moment.date)}${time === undefined ? '' : `, ${time}`}${moment.zone ? ` ${moment.zone}` : ''}`
}

/** A value in one line. */
export function formatValue(column: Column, value: Value): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (column.type === 'json' || typeof value !== 'string') return JSON.stringify(value)
  if (column.type === 'integer' || column.type === 'decimal') return isName(column) ? value : groupDigits(value)
  return column.type === 'text' || column.type === 'time' ? value : formatTime(value)
}

/** `1,204 rows`, `about 1 million rows`. */
export function formatCount({ exactness, rows }: RowCount): string {
  if (exactness === 'exact') return `${whole.format(rows)} ${rows === 1 ? 'row' : 'rows'}`
  return `about ${toRound(rows)} rows`
}

/** Two digits: a sample knows no more. */
const rounded = { maximumSignificantDigits: 2 }
const inDigits = new Intl.NumberFormat('en-US', rounded)
const inWords = new Intl.NumberFormat('en-US', { ...rounded, notation: 'compact', compactDisplay: 'long' })
const toRound = (rows: number) => (rows < 1_000_000 ? inDigits : inWords).format(rows)
const aboutShort = new Intl.NumberFormat('en-US', { ...rounded, notation: 'compact' })

/** What a sample comes to: `25,000`, `1.2 million`. */
export const formatAbout = (number: number): string => toRound(number)
/** `25K`. */
export const formatAboutShort = (number: number): string => aboutShort.format(number)

export const formatWhole = (number: number): string => whole.format(number)
/** For a chart's axis and totals: `12.4K`. */
export const formatShort = (number: number): string => short.format(number)
export const formatShare = (share: number): string => (share > 0 && share < 0.01 ? 'under 1%' : percent.format(share))

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]
const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' })

/** `3 hours ago`. */
export function formatAge(text: string, now: Date): string {
  const parsed = parseTime(text)
  if (!parsed) return text
  const seconds = (now.getTime() - parsed.date.getTime()) / 1000
  const step = steps.find(([, length]) => Math.abs(seconds) >= length)
  return step ? relative.format(-Math.trunc(seconds / step[1]), step[0]) : 'just now'
}

/** The address of a text that is one, for the web or a mailbox; anything else is none, `javascript:` above all. */
export function toHref(text: string): string | undefined {
  if (/^[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+$/.test(text)) return `mailto:${text}`
  if (!/^https?:\/\/\S+$/i.test(text) || !URL.canParse(text)) return undefined
  return new URL(text).href
}
