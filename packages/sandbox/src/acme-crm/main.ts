// Acme CRM as a process of its own: `PORT=4402 node dist/acme-crm-main.js`.
import { listenAcmeCrm } from './listen-acme-crm.js'
import { optionsFromEnvironment } from './options-from-environment.js'

try {
  const crm = await listenAcmeCrm(optionsFromEnvironment(process.env))
  console.log(`Acme CRM listens on ${crm.url}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void crm.close())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
