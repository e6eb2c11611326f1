import { verifyAudit } from '../audit/verify-audit.js'
import type { Handlers } from '../http/handler.js'
import type { Services } from '../services.js'

export const createAuditHandlers = ({ db, sealer }: Services): Pick<Handlers, 'verifyAudit'> => ({
  verifyAudit: async () => ({ status: 200, body: await verifyAudit(db, sealer) }),
})
