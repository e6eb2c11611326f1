const titles = {
  render: 'first render',
  renderScript: '… without layout',
  keystroke: 'one keystroke',
  keystrokeScript: '… without layout',
}
const listed = (named) =>
  Object.entries(named)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ')

function printTable(title, { rows, ratioAtP95 }) {
  console.log(`\n${title.padEnd(22)}   p50 ms   p95 ms   max ms   specs`)
  for (const [name, { p50, p95, max, specs }] of Object.entries(rows)) {
    const cells = [p50, p95, max].map((ms) => String(ms).padStart(8)).join(' ')
    console.log(`  ${name.padEnd(20)} ${cells} ${String(specs).padStart(7)}`)
  }
  for (const [name, ratio] of Object.entries(ratioAtP95)) console.log(`  ${name} takes ${ratio} × ours at p95`)
  const slowest = Object.fromEntries(rows.ours.slowest.map(({ name, value }) => [name, Math.round(value * 100) / 100]))
  console.log(`  slowest of ours: ${listed(slowest)}`)
}

/** The figures for people, then on the last line for programs. */
export function printFigures({ tables, controls, failures }, about) {
  console.log(`${about.specs} specs (${about.origin}), median of ${about.passes} passes, Chromium, production React`)
  for (const [name, table] of Object.entries(tables)) printTable(titles[name], table)
  console.log(`\ncontrols on screen (p95)   ${listed(controls)}`)
  console.log(`specs that failed          ${listed(failures)}`)
  const bare = Object.entries(tables).map(([name, { rows, ratioAtP95 }]) => {
    const numbers = Object.entries(rows).map(([kind, { slowest: _, ...row }]) => [kind, row])
    return [name, { ...Object.fromEntries(numbers), ratioAtP95 }]
  })
  console.log(JSON.stringify({ bench: 'form', unit: 'ms', ...about, ...Object.fromEntries(bare), controls, failures }))
}
