/** What the stories came to, a line each. */
export function printEndings(endings: readonly string[][]): void {
  const rows = [['browser', 'situation', 'case', 'state', 'said', 'host was told', 'way on'], ...endings]
  console.log(rows.map((row) => row.join(' | ')).join('\n'))
}
