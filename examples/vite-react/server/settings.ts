// Everything this backend is told from outside, read once. What there is: .env.example.
import { environmentWarnings, parseEnvironment, toServerOptions } from '@opsai/server/environment'

/** Reads the environment; every key that is missing or wrong is named at once rather than met later. */
export function readSettings(env: NodeJS.ProcessEnv) {
  for (const warning of environmentWarnings(env)) console.warn(warning)
  const settings = parseEnvironment(env)
  const publicUrl = settings.OPSAI_PUBLIC_URL ?? `http://localhost:${settings.PORT}`
  return {
    port: settings.PORT,
    publicUrl,
    airbyteKit: {
      ...toServerOptions(settings),
      publicUrl,
      returnUrls: settings.OPSAI_RETURN_URLS ?? [`${publicUrl}/airbyte-return`],
    },
    /** What a person trying the demo may type; nothing in production. */
    hints: JSON.parse(env.DEMO_HINTS ?? 'null') as unknown,
  }
}
