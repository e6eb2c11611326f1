import { secretValues } from './mask.js'
import type { JsonObject } from './schema.js'

/**
 * A function that stars out the configuration's secrets wherever a text repeats them, also URL-encoded or as JSON:
 * drivers and providers like to quote what they were given. Values under three characters are left alone, they
 * would star out half of every message.
 */
export function createRedactor(spec: JsonObject, configuration: JsonObject): (text: string) => string {
  const forms = secretValues(spec, configuration)
    .filter((secret) => secret.length >= 3)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
  const secrets = [...new Set(forms)].sort((a, b) => b.length - a.length)
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '**********'), text)
}
