import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DatePrecision, fromDateInput, toDateDescriptor, toDateInput, toDatePrecision } from './dates.js'

const seconds = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'

describe('toDatePrecision', () => {
  const table: [format: string | undefined, pattern: string | undefined, precision: DatePrecision | undefined][] = [
    ['date', undefined, 'day'],
    ['date-time', undefined, 'second'],
    [undefined, undefined, undefined],
    [undefined, '^[0-9]{4}-[0-9]{2}$', 'month'],
    [undefined, '^\\d{4}-\\d{2}-\\d{2}$', 'day'],
    ['date-time', seconds, 'second'],
    ['date-time', seconds.replace('Z$', '\\.[0-9]{3}Z$'), 'millisecond'],
    ['date-time', seconds.replace('Z$', '\\.[0-9]{6}Z$'), 'microsecond'],
    // Salesforce: says date-time, takes both.
    ['date-time', '^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?)$', 'second'],
    // No date at all: an open pattern is no reason for a picker.
    [undefined, '^.*$', undefined],
    [undefined, '^[a-z0-9-]+$', undefined],
    ['uri', '^\\d{4}-\\d{2}-\\d{2}$', undefined],
    // A date nobody can pick: typed as text.
    ['date', '^[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}$', undefined],
  ]
  it.each(table)('reads format %s with pattern %s as %s', (format, pattern, precision) => {
    expect(toDatePrecision(format, pattern)).toBe(precision)
  })

  it('says a date pattern in words', () => {
    expect(toDateDescriptor(seconds)).toBe('YYYY-MM-DDTHH:mm:ssZ')
    expect(toDateDescriptor('^[a-z]+$')).toBeUndefined()
  })
})

describe('a native date input', () => {
  const table: [precision: DatePrecision, stored: string, shown: string][] = [
    ['month', '2024-01', '2024-01'],
    ['day', '2024-01-25', '2024-01-25'],
    ['second', '2024-01-25T09:30:00Z', '2024-01-25T09:30:00'],
    ['millisecond', '2024-01-25T09:30:00.000Z', '2024-01-25T09:30:00'],
    ['microsecond', '2024-01-25T09:30:00.000000Z', '2024-01-25T09:30:00'],
  ]
  it.each(table)('of %s precision shows %s and gives it back', (precision, stored, shown) => {
    expect(toDateInput(precision, stored)).toBe(shown)
    expect(fromDateInput(precision, shown)).toBe(stored)
  })

  it('adds the seconds that browsers leave out', () => {
    expect(fromDateInput('second', '2024-01-25T09:30')).toBe('2024-01-25T09:30:00Z')
  })

  it('does not take a stored value it could not show', () => {
    expect(toDateInput('second', '2024-01-25')).toBeUndefined()
    expect(toDateInput('day', 'yesterday')).toBeUndefined()
  })

  it('gives back any moment', () => {
    const moment = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, (date) => {
        const stored = `${date.toISOString().slice(0, 19)}Z`
        expect(fromDateInput('second', toDateInput('second', stored) ?? '')).toBe(stored)
      }),
    )
  })
})
