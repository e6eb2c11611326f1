// Everything this backend is told from outside, read once.

/** Reads the environment; a key that is missing is named at once rather than met later. */
export function readSettings(env: NodeJS.ProcessEnv) {
  const need = (name: string) => {
    const value = env[name]
    if (!value) throw new Error(`${name} is not set. See .env.example for what it is.`)
    return value
  }
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT ?? 4400}`
  return {
    port: Number(env.PORT ?? 4400),
    publicUrl,
    airbyteKit: {
      airbyte: { baseUrl: need('AIRBYTE_API_URL'), auth: readAuth(env) },
      database: need('DATABASE_URL'),
      warehouse: env.WAREHOUSE_URL,
      hostKey: need('OPSAI_HOST_KEY'),
      encryptionKey: need('OPSAI_ENCRYPTION_KEY'),
      publicUrl,
      returnUrls: [`${publicUrl}/airbyte-return`],
    },
    /** What a person trying the demo may type; nothing in production. */
    hints: JSON.parse(env.DEMO_HINTS ?? 'null') as unknown,
  }
}

function readAuth(env: NodeJS.ProcessEnv) {
  const { AIRBYTE_CLIENT_ID: clientId, AIRBYTE_CLIENT_SECRET: clientSecret, AIRBYTE_API_KEY: apiKey } = env
  if (clientId && clientSecret) return { kind: 'client', clientId, clientSecret } as const
  if (apiKey) return { kind: 'apiKey', apiKey } as const
  return { kind: 'none' } as const
}
