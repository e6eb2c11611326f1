import * as z from 'zod'
import { behaviourSchema } from './behaviour/behaviour-schema.js'
import { jsonText } from './json-text.js'
import { defaultClient, type AcmeCrmOptions } from './options.js'

const words = z.string().transform((text) => text.split(/\s+/).filter(Boolean))

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4402),
  HOST: z.string().default('127.0.0.1'),
  ACME_CRM_CLIENT_ID: z.string().min(1).default(defaultClient.clientId),
  ACME_CRM_CLIENT_SECRET: z.string().min(1).default(defaultClient.clientSecret),
  ACME_CRM_CLIENT_NAME: z.string().min(1).default(defaultClient.name),
  ACME_CRM_REDIRECT_URIS: words.pipe(z.array(z.url())).optional(),
  ACME_CRM_API_KEYS: words.pipe(z.array(z.string().startsWith('acme_key_'))).optional(),
  ACME_CRM_STATE_FILE: z.string().min(1).optional(),
  ACME_CRM_CHANGE_EVERY_SECONDS: z.coerce.number().positive().optional(),
  ACME_CRM_BEHAVIOUR: jsonText.pipe(behaviourSchema).optional(),
  ACME_CRM_CONTROL: z.enum(['1', '0', '']).optional(),
})

/** Options, host and port out of environment variables; throws an error that names every wrong one. */
export function optionsFromEnvironment(
  environment: Record<string, string | undefined>,
): AcmeCrmOptions & { port: number; host: string } {
  const parsed = environmentSchema.safeParse(environment)
  if (!parsed.success) throw new Error(`Acme CRM cannot start.\n${z.prettifyError(parsed.error)}`)
  const { data } = parsed
  return {
    port: data.PORT,
    host: data.HOST,
    clients: [
      {
        clientId: data.ACME_CRM_CLIENT_ID,
        clientSecret: data.ACME_CRM_CLIENT_SECRET,
        name: data.ACME_CRM_CLIENT_NAME,
        redirectUris: data.ACME_CRM_REDIRECT_URIS ?? defaultClient.redirectUris,
      },
    ],
    ...(data.ACME_CRM_API_KEYS && { apiKeys: data.ACME_CRM_API_KEYS }),
    ...(data.ACME_CRM_STATE_FILE && { stateFile: data.ACME_CRM_STATE_FILE }),
    ...(data.ACME_CRM_CHANGE_EVERY_SECONDS && { changeEverySeconds: data.ACME_CRM_CHANGE_EVERY_SECONDS }),
    ...(data.ACME_CRM_BEHAVIOUR && { behaviour: data.ACME_CRM_BEHAVIOUR }),
    ...(data.ACME_CRM_CONTROL === '1' && { control: true }),
  }
}
