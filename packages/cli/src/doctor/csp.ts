// As much of Content Security Policy (CSP Level 3) as says whether a page may reach an address. Pure.

/** Sources by directive, as one policy lists them. */
export type Policy = ReadonlyMap<string, readonly string[]>

/** Those without an entry of their own go by `default-src`; `form-action` never does. */
type Directive = 'connect-src' | 'form-action' | 'script-src'

/**
 * @param texts values of headers or of `<meta http-equiv>`, each of one policy or of several with commas between
 * @example
 * parsePolicies(["default-src 'self'; connect-src https://api.example.com"])
 */
export const parsePolicies = (texts: readonly string[]): Policy[] =>
  texts
    .flatMap((text) => text.split(','))
    .map(parsePolicy)
    .filter((policy) => policy.size > 0)

function parsePolicy(text: string): Policy {
  const policy = new Map<string, string[]>()
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/)
    // Named twice, only the first counts.
    if (name && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources)
  }
  return policy
}

/** The list that holds for a directive, where there is one. */
export function sourcesOf(policy: Policy, directive: Directive): readonly string[] | undefined {
  return policy.get(directive) ?? (directive === 'form-action' ? undefined : policy.get('default-src'))
}

/** Whether any script may run, whatever its nonce or hash has to be. */
export const allowsScripts = (policy: Policy): boolean => {
  const sources = policy.get('script-src-elem') ?? sourcesOf(policy, 'script-src')
  return sources === undefined || sources.some((source) => source.toLowerCase() !== "'none'")
}

/** Whether a page at `self` may reach `url`. */
export const allows = (policy: Policy, directive: Directive, url: URL, self: URL): boolean =>
  sourcesOf(policy, directive)?.some((source) => matches(source, url, self)) ?? true

function matches(source: string, url: URL, self: URL): boolean {
  const lower = source.toLowerCase()
  if (lower === "'self'") return url.host === self.host && isUpgrade(self.protocol, url.protocol)
  if (lower === '*') return /^(https?|wss?):$/.test(url.protocol)
  if (/^[a-z][a-z0-9+.-]*:$/.test(lower)) return isUpgrade(lower, url.protocol)
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:]+)(?::(\d+|\*))?(\/[^?#]*)?$/i.exec(source)
  if (!parts || lower.startsWith("'")) return false
  const [, scheme, host = '', port, path] = parts
  return (
    isUpgrade(scheme ? `${scheme.toLowerCase()}:` : self.protocol, url.protocol) &&
    isHost(host.toLowerCase(), url.hostname) &&
    isPort(port, url) &&
    isPath(path, url.pathname)
  )
}

/** What is allowed by http is allowed by https. */
const isUpgrade = (allowed: string, asked: string) => allowed === asked || (allowed === 'http:' && asked === 'https:')

const isHost = (pattern: string, host: string) =>
  pattern === '*' || pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)))

const isPort = (port: string | undefined, url: URL) =>
  port === '*' || (port ?? '') === url.port || (port === '443' && url.protocol === 'https:' && url.port === '')

const isPath = (path: string | undefined, asked: string) =>
  !path || (path.endsWith('/') ? asked.startsWith(path) : asked === path)
