// The page a sign-in window comes back to: it confirms that whoever finished is whoever began, and closes.
import { completeConnect } from '@opsai/react/oauth-return'
import { fetchSession } from './api.js'

const message = document.getElementById('message')

await completeConnect({
  baseUrl: '/api/airbyte',
  fetchSession,
  onState: (state) => {
    if (message) message.textContent = state.message
  },
})
