// Runs commands, a few at a time. As with jobs, a command belongs to whoever holds its lock, so one whose engine died
// is begun again by the next: checks, discovers and specs change nothing, so twice is as good as once.
import { errorFacts, type EngineLogger } from '../logger.js'
import type { JsonObject } from '../secrets/schema.js'
import type { CommandRow, CommandStore } from '../store/commands.js'
import type { HeldLock, Locks } from '../store/locks.js'
import { graceAfter } from './grace-after.js'
import { createRounds } from './rounds.js'

export interface CommandWorkerOptions {
  commands: CommandStore
  locks: Locks
  /** Does the work and answers its output; stops within seconds of the signal. */
  run(command: CommandRow, input: JsonObject, signal: AbortSignal): Promise<JsonObject>
  /** What is answered for a command that could not be run. */
  broken(command: CommandRow): JsonObject
  /** Commands at a time in this process. */
  maxConcurrent: number
  /** How often other processes' commands and cancellations are looked for, in milliseconds. */
  pollMs: number
  /** How long a command may go on after it was told to stop, in milliseconds, before it is left to itself. */
  stopGraceMs: number
  logger: EngineLogger
}

/** A command that took this many engines with it is not begun again. */
const maxStarts = 3
const sweepEveryMs = 60_000

export interface CommandWorker {
  start(): void
  /** Looks for work now. */
  wake(): void
  /** Stops a command that runs in this process, at once. */
  abort(commandId: string): void
  /** Stops running commands so that they begin again at the next start, and waits for them. */
  stop(): Promise<void>
}

export function createCommandWorker(options: CommandWorkerOptions): CommandWorker {
  const { commands, locks, maxConcurrent, pollMs, logger } = options
  const running = new Map<string, { stopping: AbortController; done: Promise<void> }>()
  const rounds = createRounds({
    look: lookForWork,
    onFailure: (error) => logger.warn(errorFacts(error), 'looking for commands failed'),
    pollMs,
  })
  let swept = 0

  async function lookForWork() {
    if (Date.now() - swept > sweepEveryMs) {
      swept = Date.now()
      await commands.sweep()
    }
    if (running.size > 0) {
      for (const commandId of await commands.ended([...running.keys()])) running.get(commandId)?.stopping.abort()
    }
    if (running.size >= maxConcurrent) return
    for (const commandId of await commands.claimable([...running.keys()])) {
      if (running.size >= maxConcurrent || rounds.isStopped()) return
      await take(commandId)
    }
  }

  async function take(commandId: string) {
    const lock = await locks.tryHold(`command ${commandId}`)
    if (!lock) return
    try {
      const claimed = await commands.claim(commandId)
      if (!claimed) return await lock.release()
      begin(claimed.command, claimed.input, lock)
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  function begin(command: CommandRow, input: JsonObject, lock: HeldLock) {
    const stopping = new AbortController()
    lock.lost.addEventListener('abort', () => stopping.abort(), { once: true })
    const done = work(command, input, stopping.signal)
      .catch((error: unknown) => logger.error({ commandId: command.commandId, ...errorFacts(error) }, 'command broke'))
      .finally(async () => {
        running.delete(command.commandId)
        await lock.release()
        rounds.wake()
      })
    running.set(command.commandId, { stopping, done })
  }

  async function work(command: CommandRow, input: JsonObject, signal: AbortSignal) {
    if (command.starts > maxStarts) return commands.complete(command.commandId, options.broken(command))
    try {
      const output = await Promise.race([
        options.run(command, input, signal),
        graceAfter(signal, options.stopGraceMs, undefined),
      ])
      if (output && !signal.aborted) await commands.complete(command.commandId, output)
    } catch (error) {
      if (signal.aborted) return
      logger.error({ commandId: command.commandId, ...errorFacts(error) }, 'command broke')
      await commands.complete(command.commandId, options.broken(command))
    }
  }

  return {
    start: rounds.start,
    wake: rounds.wake,
    abort: (commandId) => running.get(commandId)?.stopping.abort(),
    async stop() {
      await rounds.stop()
      for (const { stopping } of running.values()) stopping.abort()
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}
