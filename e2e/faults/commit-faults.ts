// Airbyte did it, and the one who asked does not hear so: what makes twins where creates are simply repeated.
import type { AfterFault } from './fault.js'
import { page } from './status-faults.js'

const lost = ['upstream_unavailable', 'upstream_timeout'] satisfies AfterFault['codes']

export const commitFaults: AfterFault[] = [
  { name: 'answer lost after commit', kind: 'after', codes: lost, answer: (line) => line.end() },
  {
    name: '500 after commit',
    kind: 'after',
    codes: lost,
    answer: (line) => line.answer({ status: 500, body: JSON.stringify({ errorId: 'e-after' }) }),
  },
  {
    name: '504 after commit',
    kind: 'after',
    codes: lost,
    answer: (line) => line.answer({ status: 504, type: 'text/html', body: page }),
  },
  { name: 'black hole after commit', kind: 'after', codes: lost, answer: () => undefined },
  {
    name: 'delivered twice',
    kind: 'after',
    deliveries: 2,
    codes: lost,
    answer: (line, real) => line.answer(real),
  },
]
