import { formatShort, groupDigits } from '../lib/format'

interface Props {
  title: string
  /** A currency at a time where there are several. */
  groups: readonly { by: string | null; value: string }[]
  sampling: 'exact' | 'estimated'
}

/** How much it comes to. */
export const Total = ({ title, groups, sampling }: Props) => (
  <figure className="card">
    <figcaption>
      <h3>{title}</h3>
    </figcaption>
    <ul className="totals">
      {groups.map(({ by, value }) => (
        <li key={by ?? ''}>
          <span className="amount" title={sampling === 'exact' ? groupDigits(value) : undefined}>
            {sampling === 'estimated' && <span aria-label="about">≈</span>}
            {formatShort(Number(value))}
          </span>
          {by !== null && <span className="faint">{by === '' ? 'no currency' : by}</span>}
        </li>
      ))}
    </ul>
  </figure>
)
