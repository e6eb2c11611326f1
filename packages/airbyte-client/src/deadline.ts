// Time given to one answer, body included, and the caller's own signal beside it. What is waited for may ignore both:
// an engine in the same process answers through a `fetch` that knows no signals.

export interface Deadline {
  /** Aborted when the time is over, when the caller gives up, and by `end`. */
  signal: AbortSignal
  /** Whether the time ran out. */
  expired(): boolean
  /** Waits for `work`, but no longer than there is time. */
  within<T>(work: Promise<T>): Promise<T>
  /** Lets go of everything; call it always. */
  end(): void
}

/** One for all: an abort without a reason makes an exception with its stack, at every call. */
const ended = new Error('The call is over.')

/** Starts to count `ms` milliseconds. */
export function startDeadline(ms: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController()
  let expired = false
  const giveUp = () => controller.abort(caller?.reason)
  const timer = setTimeout(() => {
    expired = true
    controller.abort(new Error('The time is over.'))
  }, ms)
  caller?.addEventListener('abort', giveUp, { once: true })
  if (caller?.aborted) giveUp()
  return {
    signal: controller.signal,
    expired: () => expired,
    within: (work) => withSignal(work, controller.signal),
    end() {
      clearTimeout(timer)
      caller?.removeEventListener('abort', giveUp)
      controller.abort(ended)
    },
  }
}

/** `work`, or the signal's reason, whichever is first. The work itself goes on: others may wait for it. */
export async function withSignal<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await work
  let giveUp = () => {}
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason as Error)
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, { once: true })
  })
  try {
    return await Promise.race([aborted, work])
  } finally {
    signal.removeEventListener('abort', giveUp)
    work.catch(() => {})
  }
}

/** Waits `ms` milliseconds; rejects with the signal's reason as soon as the caller gives up. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    await withSignal(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))), signal)
  } finally {
    clearTimeout(timer)
  }
}
