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
export function blankSecrets(text: string, env: Readonly<Record<string, string>>): string {
  const forms = Object.entries(env).flatMap(([name, value]) => toForms(name, value).map((form) => ({ name, form })))
  forms.sort((a, b) => b.form.length - a.form.length)
  return forms.reduce((blanked, { name, form }) => blanked.replaceAll(form, `[${name}]`), text)
}

/** Every way a value may be written in a line of text. */
function toForms(name: string, value: string): string[] {
  const parts = [value, ...value.split(/\r?\n/), ...passwordOf(value)]
  const least = looksSecret.test(name) ? 1 : 8
  const written = parts.flatMap((part) => [part, encodeURIComponent(part), JSON.stringify(part).slice(1, -1)])
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

/** The lines worth showing: without colours and empty ones, the last of them, and not too long. */
export function lastLines(output: string, count = 15): string {
  // eslint-disable-next-line no-control-regex -- colours are control characters
  const plain = output.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
  const lines = plain.split(/\r?\n/).filter((line) => line.trim())
  return lines.slice(-count).join('\n').slice(-2000)
}
