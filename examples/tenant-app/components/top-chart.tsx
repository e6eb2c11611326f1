import { formatShare } from '../lib/format'
import type { TopValue } from '../lib/load-charts'

/** What rows mostly are: the figures are beside the bars, so that the bars are for the eye alone. */
export function TopChart({ title, values, others }: { title: string; values: readonly TopValue[]; others: number }) {
  const most = Math.max(others, ...values.map(({ share }) => share))
  const lines = values.map(({ value, share }) => ({ value: toWord(value), share, kind: 'value' }))
  if (others > 0.005) lines.push({ value: 'Others', share: others, kind: 'others' })
  return (
    <figure className="card">
      <figcaption>
        <h3>{title}</h3>
      </figcaption>
      <ul className="top">
        {lines.map(({ value, share, kind }) => (
          <li key={`${kind} ${value}`} data-kind={kind}>
            <span className="value">{value}</span>
            <span className="number">{formatShare(share)}</span>
            <svg aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none">
              <rect width={most > 0 ? (share / most) * 100 : 0} height="1" />
            </svg>
          </li>
        ))}
      </ul>
    </figure>
  )
}

const words: Readonly<Record<string, string>> = { true: 'Yes', false: 'No', '': 'Empty' }
const toWord = (value: string) => (Object.hasOwn(words, value) ? (words[value] ?? value) : value)
