// A command from its start to its output. The same id all the way: a `run` whose answer was lost is repeated under it.
import { AirbyteError, isAirbyteError } from '../airbyte-error.js'
import { sleep } from '../deadline.js'
import type { CallOptions } from '../request.js'
import type { Commands } from '../resources/commands.js'

/** One kind of command. */
export interface Running<Output> {
  run(id: string, options: CallOptions): Promise<unknown>
  output(id: string, options: CallOptions): Promise<Output>
}

const firstPauseMs = 250
const longestPauseMs = 2_000
/** A completed command whose output is not there yet gets this many looks more. */
const lateLooks = 3

/**
 * Runs a command and waits for its output, for `timeoutMs` milliseconds. Who gives up, by `signal` or by time, has it
 * cancelled.
 */
export async function runCommand<Output extends { status?: string | undefined }>(
  commands: Pick<Commands, 'status' | 'cancel'>,
  { run, output }: Running<Output>,
  { timeoutMs, ...options }: CallOptions & { timeoutMs: number },
): Promise<Output> {
  const id = crypto.randomUUID()
  const pause = createPause(performance.now() + timeoutMs, options.signal)
  let mayRun = true
  try {
    await run(id, options).catch((error: unknown) => {
      mayRun = !isAirbyteError(error) || !error.nothingDone
      throw error
    })
    for (let looks = 0; ;) {
      const progress = await look(commands, id, options)
      const found = progress === 'running' ? undefined : await output(id, options)
      if (found && (found.status !== undefined || (progress === 'completed' && ++looks > lateLooks))) return found
      await pause()
    }
  } catch (error) {
    if (mayRun) void commands.cancel(id).catch(() => {})
    throw error
  }
}

/** `unseen`: a token that may run checks need not be allowed to read the workspace; then the output says it. */
async function look(
  commands: Pick<Commands, 'status'>,
  id: string,
  options: CallOptions,
): Promise<'running' | 'completed' | 'unseen'> {
  try {
    const { status } = await commands.status(id, options)
    if (status !== 'cancelled') return status === 'completed' ? 'completed' : 'running'
  } catch (error) {
    if (isAirbyteError(error) && error.code === 'forbidden') return 'unseen'
    throw error
  }
  const message = 'Airbyte cancelled the command before it was completed: try again.'
  throw new AirbyteError(message, { code: 'unavailable', retryable: true })
}

function createPause(end: number, signal: AbortSignal | undefined) {
  let ms = firstPauseMs
  return async () => {
    if (performance.now() + ms > end) {
      const message = 'The connector did not finish in time; its work was cancelled.'
      throw new AirbyteError(message, { code: 'timeout', retryable: true })
    }
    await sleep(ms, signal)
    ms = Math.min(longestPauseMs, ms * 1.5)
  }
}
