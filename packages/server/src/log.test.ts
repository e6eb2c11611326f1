import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createLog } from './log.js'

test.each(['info', 'warn', 'error'] as const)('%s: neither event nor facts reach the logger with a secret', (level) => {
  const lines: string[] = []
  const log = createLog(pino({ level: 'info' }, { write: (line) => void lines.push(line) }), ['the-host-key-of-ours'])
  log[level]('refused Bearer CANARY-in-the-event', {
    password: 'CANARY-by-name',
    deep: { error: new Error('no route to postgresql://ada:CANARY-in-an-error@db/x') },
    given: 'the-host-key-of-ours',
    tenantId: 'acme',
  })
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toMatch(/CANARY|the-host-key-of-ours/)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ tenantId: 'acme', password: '***', given: '***' })
})
