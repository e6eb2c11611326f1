// What was tried and what it got, told in one table at the end.
export interface Attempted {
  attack: string
  tries: number
  /** What the attacker got out of it: must be none. */
  successes: number
  /** What stands in the way; without it the test of this name is red. */
  control: string
}

export interface Scoreboard {
  add(row: Attempted): void
  print(): void
}

export function createScoreboard(): Scoreboard {
  const rows: Attempted[] = []
  return {
    add: (row) => void rows.push(row),
    print: () => {
      console.table(rows)
      const sum = (pick: (row: Attempted) => number) => rows.reduce((total, row) => total + pick(row), 0)
      console.log(
        `attacks: ${rows.length} kinds, ${sum(({ tries }) => tries)} tries, ${sum(({ successes }) => successes)} successes`,
      )
    },
  }
}
