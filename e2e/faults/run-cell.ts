// One fault on one call: what the customer is told while it lasts, and what there is once it is over.
import { randomUUID } from 'node:crypto'
import type { AirbyteView } from './airbyte-view.js'
import { type CallType, isHit, type Made } from './calls.js'
import type { Fault } from './fault.js'
import { canaries } from './fault-world.js'
import type { Lane, Sent } from './lane.js'
import { describeRead, judgeCell, type Wrong } from './judge-cell.js'
import { type Read, readAnswer } from './read-answer.js'

/** Whether a fault lasts until it is lifted, or befalls one request only. */
export type Lasting = 'always' | 'once'

export interface CellResult {
  fault: string
  call: string
  lasting: Lasting
  /** `ok` or the problem's code. */
  answer: string
  wrongs: Wrong[]
  /** Until the answer, in milliseconds. */
  ms: number
  /** From the end of the fault to the right answer. */
  recoveryMs: number
  /** Requests to Airbyte that the fault befell. */
  befallen: number
  /** How many of it Airbyte has in the end. */
  made?: number
}

/** The longest a customer may have to go on asking after the fault is over. */
const recoveryLimitMs = 10_000

export async function runCell(
  lane: Lane,
  view: AirbyteView,
  fault: Fault,
  call: CallType,
  lasting: Lasting,
): Promise<CellResult> {
  const mark = `cell-${randomUUID().slice(0, 12)}`
  const key = randomUUID()
  lane.faults.lift()
  const sent = { ...(await prepare(lane, call, mark)), key }
  const seenBefore = lane.faults.seen.length
  const loggedBefore = lane.logged.length
  lane.faults.arm({ fault, match: (asked) => isHit(call, asked), ...(lasting === 'once' && { times: 1 }) })
  await lane.renew()

  const began = Date.now()
  const texts: string[] = []
  const first = await ask(lane, call, sent, texts)
  const ms = Date.now() - began
  const befallen = lane.faults.seen.slice(seenBefore).filter((seen) => seen.fault === fault.name).length
  lane.faults.lift()
  const recovery = await recover(lane, call, sent, texts)
  const made =
    recovery.read.kind === 'right'
      ? await countSettled(call, view, { mark, sent, answer: recovery.read.body })
      : undefined
  const wrongs = judgeCell({
    fault,
    call,
    first,
    ms,
    last: recovery.read,
    recoveryMs: recovery.ms,
    befallen,
    made,
    texts,
    logged: lane.logged.slice(loggedBefore),
    secrets: secretsOf(lane, view),
  })
  return {
    fault: fault.name,
    call: call.name,
    lasting,
    answer: describeRead(first),
    wrongs,
    ms,
    recoveryMs: recovery.ms,
    befallen,
    ...(made !== undefined && { made }),
  }
}

/** The proxy of the cell before may still keep away from Airbyte, as that one asked it to: a fresh one does not. */
async function prepare(lane: Lane, call: CallType, mark: string): Promise<Sent> {
  try {
    return await call.prepare(lane, mark)
  } catch {
    await lane.renew()
    return await call.prepare(lane, mark)
  }
}

async function ask(lane: Lane, call: CallType, sent: Sent, texts: string[]): Promise<Read> {
  try {
    const answered = await lane.call(call.route, sent)
    texts.push(answered.text)
    return readAnswer(answered, call.right)
  } catch (error) {
    return { kind: 'wrong', why: `no answer: ${String(error)}` }
  }
}

/** Goes on asking under the same key, as a page does, until it is there. */
async function recover(lane: Lane, call: CallType, sent: Sent, texts: string[]): Promise<{ read: Read; ms: number }> {
  const began = Date.now()
  for (;;) {
    const read = await ask(lane, call, sent, texts)
    const ms = Date.now() - began
    if (read.kind === 'right' || ms > recoveryLimitMs) return { read, ms }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** A twin that a gateway made is found and taken away in the background. */
async function countSettled(call: CallType, view: AirbyteView, made: Made): Promise<number | undefined> {
  const end = Date.now() + recoveryLimitMs
  for (;;) {
    const count = await call.count?.(view, made)
    if (count === undefined || count <= 1 || Date.now() > end) return count
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

const secretsOf = (lane: Lane, view: AirbyteView): string[] => {
  const bearers = lane.faults.seen.map(({ authorization }) => authorization?.replace(/^Bearer /, ''))
  return [
    ...new Set([...bearers.filter((token) => token !== undefined), view.token]),
    canaries.apiKey,
    canaries.clientSecret,
  ]
}
