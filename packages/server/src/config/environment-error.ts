/** One setting that is wrong. Nothing of its value is in here. */
export interface EnvironmentProblem {
  key: string
  /** What is wrong, to be read after the key: `must be a number`. */
  what: string
  /** What to do: a sentence. */
  remedy?: string
}

/** Every setting that is missing or wrong, at once: nobody mends one to be told of the next. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError' as const

  constructor(readonly problems: readonly EnvironmentProblem[]) {
    const lines = problems.map(({ key, what, remedy }) => `${key} ${what}.${remedy ? ` ${remedy}` : ''}`)
    super(lines.length === 1 ? lines[0] : `${lines.length} settings are wrong:\n  ${lines.join('\n  ')}`)
  }
}
