// What a column is for, told by its name. Names are hints: a wrong guess is a column or chart less, never a wrong number.
import type { ColumnFacts, StreamFacts } from '../facts.js'
import { toWords } from '../names/labels.js'

const words = (text: string) => new Set(text.split(' '))

const headings = [
  'name',
  'full name',
  'display name',
  'title',
  'subject',
  'label',
  'email',
  'email address',
  'username',
  'sku',
  'domain',
  'number',
  'code',
]
const notNames = words('first last middle file table column user host type class event tag')
const kinds = words(
  'action brand category channel country department direction gender group industry kind language level locale method ' +
    'outcome plan platform priority reason region role segment severity size source stage state status tier topic type',
)
const sums = words(
  'amount arr balance cost discount due fee fees mrr paid quantity refunded revenue spend subtotal tax total value',
)
const money = words(
  'amount arr balance cost discount due fee fees mrr paid price refunded revenue spend subtotal tax total value',
)
const averages = words('age duration probability rating score seconds')
const prose = words('body comment comments content description details html message note notes summary text url')

/** `billing_user_id` → `id`. */
export const toLastWord = (column: ColumnFacts) => toWords(column.name).at(-1) ?? ''
const phrase = (column: ColumnFacts) => toWords(column.name).join(' ')

export const isTime = ({ type }: ColumnFacts) => type === 'date' || type === 'timestamp' || type === 'timestamptz'
export const isNumber = ({ type }: ColumnFacts) => type === 'integer' || type === 'decimal'
export const isProse = (column: ColumnFacts) => prose.has(toLastWord(column))
/** Few values, often repeated. */
export const isKind = (column: ColumnFacts) => column.type === 'text' && kinds.has(toLastWord(column))
export const isSum = (column: ColumnFacts) => isNumber(column) && sums.has(toLastWord(column))
export const isAverage = (column: ColumnFacts) =>
  isNumber(column) && (averages.has(toLastWord(column)) || toWords(column.name).includes('duration'))
export const isMoney = (column: ColumnFacts) => money.has(toLastWord(column))
/** Amounts of several currencies have no sum. */
export const isCurrency = (column: ColumnFacts) => column.type === 'text' && toLastWord(column) === 'currency'

/** The column that names a row for people, where there is one. */
export function findHeading({ columns }: Pick<StreamFacts, 'columns'>): ColumnFacts | undefined {
  const texts = columns.filter(({ type }) => type === 'text')
  const exact = headings.flatMap((heading) => texts.filter((column) => phrase(column) === heading))
  const ending = texts.filter(
    (column) => toLastWord(column) === 'name' && !notNames.has(toWords(column.name).at(-2) ?? ''),
  )
  return exact[0] ?? ending[0]
}

const births = [
  /^created (at|on|date|time)$/,
  /^(created|placed|ordered|issued|occurred|started|opened|received|sent)( |$)/,
  /^(date|time|timestamp|at|on)$/,
]
const laters = words(
  'updated modified synced deleted expected birth birthday expires expiry last closed due ships next',
)

/** When a row came to be; where nothing says so, when it last changed. */
export function findBirth({ columns, cursor }: Pick<StreamFacts, 'columns' | 'cursor'>): ColumnFacts | undefined {
  const times = columns.filter(isTime)
  const said = births.flatMap((pattern) => times.filter((column) => pattern.test(phrase(column))))
  const plausible = times.filter((column) => !toWords(column.name).some((word) => laters.has(word)))
  return said[0] ?? plausible[0] ?? times.find(({ name }) => name === cursor)
}
