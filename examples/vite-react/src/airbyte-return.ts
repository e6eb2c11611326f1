// The page a sign-in window comes back to: it confirms that whoever finished is whoever began, and closes.
import { type CompleteConnectState, completeConnect } from '@opsai/react/oauth-return'
import { fetchSession } from './api.js'

const texts: Record<CompleteConnectState, string> = {
  confirming: 'One moment…',
  done: 'Done. You can close this window.',
  failed: 'Nothing was connected: it could not be confirmed that you began this sign-in. You can close this window.',
  nothing: 'There is no sign-in to finish here. You can close this window.',
}

await completeConnect({
  baseUrl: '/api/airbyte',
  fetchSession,
  onState: (state) => {
    const message = document.getElementById('message')
    if (message) message.textContent = texts[state]
  },
})
