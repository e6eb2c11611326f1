import { formatAboutShort, formatShort, groupDigits } from '../lib/format'

interface Props {
  title: string
  /** A currency at a time where there are several. */
  groups: readonly { by: string | null; value: string }[]
  of: 'sum' | 'average'
  sampling: 'exact' | 'estimated'
}

/**
 * How much it comes to: short, and where every row was added up to the last digit. An average has digits without end: of
 * those nobody wants more than are shown.
 */
export const Total = ({ title, groups, of, sampling }: Props) => (
  <figure className="card">
    <figcaption>
      <h3>{title}</h3>
    </figcaption>
    <ul className="totals">
      {groups.map(({ by, value }) => (
        <li key={by ?? ''}>
          <span className="amount">
            {sampling === 'estimated' && <span aria-label="about">≈</span>}
            {sampling === 'estimated' ? formatAboutShort(Number(value)) : formatShort(Number(value))}
          </span>
          {by !== null && <span className="faint">{by === '' ? 'no currency' : by}</span>}
          {of === 'sum' && sampling === 'exact' && isShortened(value) && (
            <span className="exact faint">{groupDigits(value)}</span>
          )}
        </li>
      ))}
    </ul>
  </figure>
)

const isShortened = (value: string) => groupDigits(value) !== formatShort(Number(value))
