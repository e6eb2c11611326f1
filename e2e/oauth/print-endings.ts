/** What the stories came to, a line each. */
export function printEndings(endings: readonly string[][]): void {
  const rows = [['browser', 'situation', 'case', 'state and code', 'said', 'way on', 'ms'], ...endings]
  console.log(rows.map((row) => row.join(' | ')).join('\n'))
}
