// Which native date control can hold a field's value, found by trying sample dates against its pattern.
import { toPattern } from './pattern.js'

/** How exact a date is: picks the input type and the tail of the stored text. */
export type DatePrecision = 'month' | 'day' | 'second' | 'millisecond' | 'microsecond'

const samples: [DatePrecision, sample: string, descriptor: string][] = [
  ['month', '2024-01', 'YYYY-MM'],
  ['day', '2024-01-25', 'YYYY-MM-DD'],
  ['second', '2024-01-25T00:00:00Z', 'YYYY-MM-DDTHH:mm:ssZ'],
  ['millisecond', '2024-01-25T00:00:00.000Z', 'YYYY-MM-DDTHH:mm:ss.SSSZ'],
  ['microsecond', '2024-01-25T00:00:00.000000Z', 'YYYY-MM-DDTHH:mm:ss.SSSSSSZ'],
]
const notDates = ['', 'x', '2024', 'a-b-c', '00000000']

/** The precisions a pattern accepts; none where it accepts other words too. */
function acceptedBy(pattern: string): DatePrecision[] {
  const rule = toPattern(pattern)
  if (rule === undefined || notDates.some((text) => text !== '' && rule.test(text))) return []
  return samples.filter(([, sample]) => rule.test(sample)).map(([precision]) => precision)
}

/** The precision of a date field, or undefined where it is no date or no picker could hold it. */
export function toDatePrecision(format: string | undefined, pattern: string | undefined): DatePrecision | undefined {
  const accepted = pattern === undefined ? undefined : acceptedBy(pattern)
  if (accepted === undefined) {
    if (format === 'date') return 'day'
    return format === 'date-time' ? 'second' : undefined
  }
  if (format !== undefined && format !== 'date' && format !== 'date-time') return undefined
  if (format === 'date-time' && accepted.includes('second')) return 'second'
  return accepted.includes('day') ? 'day' : accepted[0]
}

/** What a date pattern asks for, in words: `YYYY-MM-DD`. */
export function toDateDescriptor(pattern: string): string | undefined {
  const accepted = acceptedBy(pattern)
  return samples.find(([precision]) => precision === accepted[0])?.[2]
}

const inputTypes = {
  month: 'month',
  day: 'date',
  second: 'datetime-local',
  millisecond: 'datetime-local',
  microsecond: 'datetime-local',
} as const
export const toDateInputType = (precision: DatePrecision): 'month' | 'date' | 'datetime-local' => inputTypes[precision]

const shapes: Record<DatePrecision, RegExp> = {
  month: /^\d{4}-\d{2}$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  second: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  millisecond: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  microsecond: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
}

/** What a native input shows for a stored date; undefined where it can't show it and a text field must. */
export function toDateInput(precision: DatePrecision, stored: string): string | undefined {
  if (stored === '') return ''
  if (!shapes[precision].test(stored)) return undefined
  return precision === 'month' || precision === 'day' ? stored : stored.slice(0, 19)
}

const tails: Record<DatePrecision, string> = {
  month: '',
  day: '',
  second: 'Z',
  millisecond: '.000Z',
  microsecond: '.000000Z',
}

/** The stored text of what a native input holds. Times are UTC, as connectors want them. */
export function fromDateInput(precision: DatePrecision, typed: string): string {
  if (typed === '' || precision === 'month' || precision === 'day') return typed
  const withSeconds = typed.length === 16 ? `${typed}:00` : typed.slice(0, 19)
  return withSeconds + tails[precision]
}
