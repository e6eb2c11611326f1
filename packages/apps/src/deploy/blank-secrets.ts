// What an app prints goes into errors and logs. What it was given may be in it: an address with a password in it, mostly.

const looksSecret = /PASSWORD|SECRET|TOKEN|KEY|URL|DSN|CREDENTIAL/i

/**
 * A text without the values of an environment: each is replaced by its name, in brackets.
 * Short values of harmless names (`true`, `3000`) stay.
 *
 * @example
 * blankSecrets('no route to postgres://app:hunter22@db/x', { DATABASE_URL: 'postgres://app:hunter22@db/x' })
 * // 'no route to [DATABASE_URL]'
 */
export const blankSecrets = (text: string, env: Readonly<Record<string, string>>): string => createBlanking(env)(text)

/** The same for many texts. */
export function createBlanking(env: Readonly<Record<string, string>>): (text: string) => string {
  const forms = Object.entries(env).flatMap(([name, value]) => toForms(name, value).map((form) => ({ name, form })))
  forms.sort((a, b) => b.form.length - a.form.length)
  return (text) => forms.reduce((blanked, { name, form }) => blanked.replaceAll(form, `[${name}]`), text)
}

/** Every way a value may be written in a line of text. */
function toForms(name: string, value: string): string[] {
  const parts = [value, ...value.split(/\r?\n/), ...passwordOf(value)]
  const least = looksSecret.test(name) ? 1 : 8
  const written = parts.flatMap((part) => [
    part,
    encodeURIComponent(Buffer.from(part).toString()),
    JSON.stringify(part).slice(1, -1),
    ...toBase64(part),
  ])
  return [...new Set(written)].filter((form) => form.trim().length >= least)
}

function passwordOf(value: string): string[] {
  if (!URL.canParse(value)) return []
  const { password } = new URL(value)
  return password ? [password, decode(password)] : []
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A text in base64, wherever it stands in what was encoded: the characters at its edges are its neighbours', too. */
function toBase64(text: string): string[] {
  const bytes = Buffer.from(text)
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const inner = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    return inner.length >= 8 ? [inner, inner.replaceAll('+', '-').replaceAll('/', '_')] : []
  })
}

// eslint-disable-next-line no-control-regex -- colours are control characters
export const withoutColours = (text: string): string => text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')

/**
 * The lines worth showing: without empty ones, the last of them, and not too long. What is secret is to be gone before:
 * half of it is no longer found.
 */
export function lastLines(output: string, count = 15): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim())
  return lines.slice(-count).join('\n').slice(-2000)
}
