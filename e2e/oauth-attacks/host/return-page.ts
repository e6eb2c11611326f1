// The one page a host adds: a sign-in window comes back here. It keeps what it saw, for the test to read.
import { completeConnect, type CompleteConnectState } from '@opsai/react/oauth-return'
import { fetchSession } from './fetch-session.js'

declare global {
  interface Window {
    returned: { referrer: string; states: CompleteConnectState[] }
  }
}

window.returned = { referrer: document.referrer, states: [] }
await completeConnect({ baseUrl: '/api/airbyte', fetchSession, onState: (state) => window.returned.states.push(state) })
