// Secrets a request brought with it are blanked for that request wherever they turn up, in whatever wrapping.
import { currentRequest } from '../session/request-context.js'
import { toSecretValues } from './secret-values.js'

/** What a request brings; read as secrets once something is about to be written down. */
export function noteConfiguration(configuration: unknown): void {
  const given = currentRequest()?.given
  if (!given || configuration === undefined) return
  given.configurations.push(configuration)
  delete given.values
}

/** A spec the request turned out to need: what it marks is secret, the rest may be named in errors. */
export function noteSpec(spec: unknown): void {
  const given = currentRequest()?.given
  if (!given || given.specs.includes(spec)) return
  given.specs.push(spec)
  delete given.values
}

/** The secret values of the request in whose middle we are, each in every form it may be echoed in. */
export function givenSecrets(): readonly string[] {
  const given = currentRequest()?.given
  if (!given || given.configurations.length === 0) return []
  given.values ??= toForms(given.configurations.flatMap((each) => toSecretValues(each, given.specs)))
  return given.values
}

/** A value, and how it looks in a URL, in JSON and in base64; the longest first, so that no rest of one stays. */
export function toForms(values: readonly string[]): string[] {
  const forms = new Set<string>()
  for (const value of values) {
    const encoded = encodeURIComponent(Buffer.from(value).toString())
    const json = JSON.stringify(value).slice(1, -1)
    for (const form of [value, encoded, encoded.replaceAll('%20', '+'), encoded.toLowerCase(), json]) forms.add(form)
    forms.add(JSON.stringify(json).slice(1, -1))
    for (const line of value.split(/\r?\n/)) if (line.length >= 8) forms.add(line)
    if (value.length < 4) continue
    for (const form of toBase64Forms(value)) forms.add(form)
  }
  return [...forms].sort((a, b) => b.length - a.length)
}

/** Base64 of a text that may stand anywhere in what was encoded: the characters at its edges belong to its neighbours. */
function toBase64Forms(value: string): string[] {
  const bytes = Buffer.from(value)
  const forms = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const from = Math.ceil((shift * 8) / 6)
    const inner = text.slice(from, Math.floor(((shift + bytes.length) * 8) / 6))
    return inner.length >= 6 ? [inner, inner.replaceAll('+', '-').replaceAll('/', '_')] : []
  })
  return [...forms, bytes.toString('hex')]
}
