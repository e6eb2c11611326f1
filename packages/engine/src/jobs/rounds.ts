// Looking for work: every so often, at once when somebody says there is some, and never twice at the same time.

export interface RoundsOptions {
  /** One look for work. */
  look(): Promise<void>
  /** Told what a look ended in; the next one comes all the same. */
  onFailure(error: unknown): void
  /** How often to look for what other processes or the clock brought, in milliseconds. */
  pollMs: number
}

export interface Rounds {
  start(): void
  /** Looks now, and once more if somebody asks meanwhile. */
  wake(): void
  isStopped(): boolean
  /** Looks no more; resolves when the look that is under way is over. */
  stop(): Promise<void>
}

export function createRounds({ look, onFailure, pollMs }: RoundsOptions): Rounds {
  let state: 'idle' | 'working' | 'stopped' = 'idle'
  let round: Promise<void> | undefined
  let again = false
  let timer: NodeJS.Timeout | undefined

  async function lookWhileAsked() {
    while (again && state === 'working') {
      again = false
      await look().catch(onFailure)
    }
  }

  function wake() {
    if (state !== 'working') return
    again = true
    round ??= lookWhileAsked().finally(() => (round = undefined))
  }

  return {
    start() {
      state = 'working'
      timer = setInterval(wake, pollMs)
      wake()
    },
    wake,
    isStopped: () => state === 'stopped',
    async stop() {
      state = 'stopped'
      clearInterval(timer)
      await round
    },
  }
}
