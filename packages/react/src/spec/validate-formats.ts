// The formats that specs name, each as strict as ajv-formats is; a format not listed here takes any text.
import { toPattern } from './pattern.js'

const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const last = month === 2 && !isLeap ? 28 : (daysOf[month - 1] ?? 0)
  return day >= 1 && day <= last
}

function isDate(text: string): boolean {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return found !== null && isDay(Number(found[1]), Number(found[2]), Number(found[3]))
}

/** A time of day with its zone. A leap second is one only at midnight, UTC. */
function isTime(text: string): boolean {
  const found = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:z|([+-])(\d\d)(?::?(\d\d))?)$/i.exec(text)
  if (found === null) return false
  const [hour = 0, minute = 0, second = 0] = found.slice(1, 4).map(Number)
  const [zoneHour, zoneMinute] = [Number(found[5] ?? 0), Number(found[6] ?? 0)]
  if (hour > 23 || minute > 59 || second >= 61 || zoneHour > 23 || zoneMinute > 59) return false
  const offset = (zoneHour * 60 + zoneMinute) * (found[4] === '-' ? -1 : 1)
  return second < 60 || (hour * 60 + minute - offset + 2880) % 1440 === 1439
}

function isDateTime(text: string): boolean {
  const [date = '', time = '', ...more] = text.split(/[t\s]/i)
  return more.length === 0 && isDate(date) && isTime(time)
}

const atom = "[\\w!#$%&'*+/=?^`{|}~-]+"
const label = '[A-Za-z\\d](?:[A-Za-z\\d-]*[A-Za-z\\d])?'
const email = `^${atom}(?:\\.${atom})*@(?:${label}\\.)+${label}$`

const escaped = '%[\\dA-Fa-f]{2}'
const name = `(?:[\\w.~!$&'()*+,;=-]|${escaped})`
const char = `(?:[\\w.~!$&'()*+,;=:@-]|${escaped})`
const authority = `//(?:(?:${name}|:)*@)?(?:\\[[\\dA-Fa-f:.]+\\]|${name}*)(?::\\d*)?(?:/${char}*)*`
const uri = `^[A-Za-z][A-Za-z\\d+.-]*:(?:${authority}|(?:${char}|/)*)(?:[?](?:${char}|[/?])*)?(?:#(?:${char}|[/?])*)?$`

const matches = (pattern: string) => (text: string) => toPattern(pattern)?.test(text) ?? true

const formats = new Map<unknown, (text: string) => boolean>([
  ['date', isDate],
  ['date-time', isDateTime],
  ['email', matches(email)],
  ['uri', matches(uri)],
])

/** Whether a text names a day or a time that does not exist, whatever comes after it. */
function isImpossible(text: string): boolean {
  const [, date, hour = 0, minute = 0, second = 0] = /^(\d{4}-\d\d-\d\d)(?:[t ](\d\d):(\d\d):(\d\d))?/i.exec(text) ?? []
  if (date === undefined) return false
  return !isDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60
}

/**
 * How a text fails its format: `noMoment` is a day or a time that does not exist. Beside a pattern, a date format only
 * refuses those: in specs the pattern says the form, and some say `date` where they want the day first.
 */
export function brokenByFormat(format: unknown, text: string, hasPattern: boolean): 'pattern' | 'noMoment' | undefined {
  const isDated = format === 'date' || format === 'date-time'
  if (isDated && isImpossible(text)) return 'noMoment'
  if (isDated && hasPattern) return undefined
  return formats.get(format)?.(text) === false ? 'pattern' : undefined
}
