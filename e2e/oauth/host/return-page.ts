// The one page a host adds: a sign-in window comes back here.
import { completeConnect } from '@opsai/react/oauth-return'
import { fetchSession } from './fetch-session.js'

await completeConnect({ baseUrl: `${document.body.dataset.proxy ?? ''}/api/airbyte`, fetchSession })
