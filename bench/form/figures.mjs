// From what was measured to what is said: per table and form, the percentiles over all specs.
const round = (value) => Math.round(value * 1000) / 1000
/** The value below which this share of sorted values lies. */
const at = (sorted, share) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
const toSorted = (values) => [...values].sort((a, b) => a - b)

/** By table: what to take of a measured form. `whole` includes layout, `script` ends before it. */
const tables = {
  render: (form) => form.render?.whole,
  renderScript: (form) => form.render?.script,
  keystroke: (form) => form.keystroke?.whole,
  keystrokeScript: (form) => form.keystroke?.script,
}

/** Of each spec the median of its passes; one without a number (it crashed, it has no text field) is left out. */
function toPercentiles(runs, names, read) {
  const medians = runs
    .map((passes) => passes.map(read))
    .flatMap((values, index) =>
      values.includes(undefined) ? [] : [{ name: names[index], value: at(toSorted(values), 0.5) }],
    )
    .sort((a, b) => a.value - b.value)
  const values = medians.map(({ value }) => value)
  return {
    p50: round(at(values, 0.5)),
    p95: round(at(values, 0.95)),
    max: round(values.at(-1)),
    specs: values.length,
    slowest: medians.slice(-5).reverse(),
  }
}

const countCrashes = (runs, read) =>
  runs.filter((passes) => passes.some((pass) => read(pass).crash !== undefined)).length

/**
 * @param runs By spec, then by pass: what each form took.
 * @param names Of the specs.
 */
export function toFigures(runs, names, kinds) {
  const toRows = (read) => kinds.map((kind) => [kind, toPercentiles(runs, names, (pass) => read(pass[kind]))])
  const toTable = (rows) => {
    const [[, ours], ...others] = rows
    const ratioAtP95 = others.map(([kind, { p95 }]) => [kind, Math.round((p95 / ours.p95) * 100) / 100])
    return { rows: Object.fromEntries(rows), ratioAtP95: Object.fromEntries(ratioAtP95) }
  }
  const controls = Object.fromEntries(toRows((form) => form.controls).map(([kind, { p95 }]) => [kind, p95]))
  const failures = Object.fromEntries(kinds.map((kind) => [kind, countCrashes(runs, (pass) => pass[kind])]))
  return {
    tables: Object.fromEntries(Object.entries(tables).map(([title, read]) => [title, toTable(toRows(read))])),
    controls,
    failures,
  }
}
