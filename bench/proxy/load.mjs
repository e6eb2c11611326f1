// Two ways to ask one thing many times. Open loop: at a fixed rate whatever comes back, each answer timed from when its
// request was due, so that a stall is paid for by all that were due in it. Closed loop: as fast as `callers` can.
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'

const dispatcher = new Agent({ connections: 256, pipelining: 1 })

async function ask({ url, token }) {
  const { statusCode, body } = await request(url, { headers: { authorization: `Bearer ${token}` }, dispatcher })
  await body.dump()
  if (statusCode !== 200) throw new Error(`answered ${statusCode}`)
}

export async function openLoop(target, { perSecond, seconds }) {
  const total = perSecond * seconds
  const began = performance.now()
  const times = []
  const pending = []
  let errors = 0
  for (let n = 0; n < total; n++) {
    const due = began + (n * 1000) / perSecond
    const early = due - performance.now()
    if (early > 1) await sleep(early)
    pending.push(
      ask(target).then(
        () => times.push(performance.now() - due),
        () => errors++,
      ),
    )
  }
  await Promise.all(pending)
  return { p50: percentile(times, 50), p99: percentile(times, 99), errors }
}

export async function closedLoop(target, { callers, seconds }) {
  const end = performance.now() + seconds * 1000
  const times = []
  let errors = 0
  const call = async () => {
    while (performance.now() < end) {
      const began = performance.now()
      await ask(target).then(
        () => times.push(performance.now() - began),
        () => errors++,
      )
    }
  }
  await Promise.all(Array.from({ length: callers }, call))
  return { perSecond: Math.round(times.length / seconds), p99: percentile(times, 99), errors }
}

const percentile = (times, percent) => {
  const sorted = [...times].sort((a, b) => a - b)
  return (
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN) * 100) / 100
  )
}
