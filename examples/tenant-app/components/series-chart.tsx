import { formatAbout, formatAboutShort, formatShort, formatWhole } from '../lib/format'
import { describeBucket } from '../lib/bucket-labels'
import type { Series } from '../lib/time-buckets'

const HEIGHT = 100
const STEP = 10
const GAP = 2
/** Fewer bars stand at the left: one as wide as the chart would be a wall. */
const FEWEST = 12
/** A bar of one row among thousands is still to be seen. */
const LOWEST = 2

interface Props {
  title: string
  /** What the time is. */
  label: string
  series: Series
  sampling: 'exact' | 'estimated'
}

/** Rows over time, as bars; in words for who does not see them, as a table for who wants the figures. */
export function SeriesChart({ title, label, series, sampling }: Props) {
  const { buckets, unit, outside } = series
  const most = Math.max(1, ...buckets.map(({ rows }) => rows))
  const count = (rows: number) => (sampling === 'estimated' ? `about ${formatAbout(rows)}` : formatWhole(rows))
  const top = sampling === 'estimated' ? `about ${formatAboutShort(most)}` : formatShort(most)
  const peak = buckets.find(({ rows }) => rows === most)
  const [first, last] = [buckets[0], buckets.at(-1)]
  if (!first || !last) return null
  const by = `${label.toLowerCase()}, by ${unit}`
  const words = `${title}: ${by}, from ${describeBucket(first.start, unit)} to ${describeBucket(last.start, unit)}.`
  return (
    <figure className="card wide">
      <figcaption>
        <h3>{title}</h3>
        <span className="faint">{by}</span>
      </figcaption>
      <div className="plot">
        <span className="faint top">
          {top} {most === 1 ? 'row' : 'rows'}
        </span>
        <svg
          role="img"
          aria-label={`${words}${peak ? ` Most in ${describeBucket(peak.start, unit)}: ${count(most)}.` : ''}`}
          viewBox={`0 0 ${Math.max(buckets.length, FEWEST) * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          {buckets.map(({ start, rows }, index) => {
            const height = rows === 0 ? 0 : Math.max(LOWEST, (rows / most) * HEIGHT)
            return (
              <rect key={start} x={index * STEP + GAP / 2} width={STEP - GAP} y={HEIGHT - height} height={height}>
                <title>{`${describeBucket(start, unit)}: ${count(rows)}`}</title>
              </rect>
            )
          })}
        </svg>
      </div>
      <p className="axis faint">
        <span>{describeBucket(first.start, unit)}</span>
        {last !== first && <span>{describeBucket(last.start, unit)}</span>}
      </p>
      {outside > 0 && <p className="faint">{count(outside)} before or after</p>}
      <details>
        <summary>Figures</summary>
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col" className="number">
                Rows
              </th>
            </tr>
          </thead>
          <tbody>
            {buckets.map(({ start, rows }) => (
              <tr key={start}>
                <th scope="row">{describeBucket(start, unit)}</th>
                <td className="number">{count(rows)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
