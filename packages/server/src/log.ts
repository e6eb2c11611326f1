import type { Logger } from 'pino'
import { createScrub } from './secrets/scrub.js'

/** What the proxy logs with. Whatever goes through it has been scrubbed. */
export interface Log {
  info(event: string, facts?: Record<string, unknown>): void
  warn(event: string, facts?: Record<string, unknown>): void
  error(event: string, facts?: Record<string, unknown>): void
}

/** Puts the scrubber before the logger, so that it also holds for a logger of the host's own. */
export function createLog(logger: Logger, knownSecrets: readonly string[]): Log {
  const scrub = createScrub(knownSecrets)
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, facts: Record<string, unknown> = {}) =>
      logger[level](scrub.value(facts) as Record<string, unknown>, scrub.text(event))
  return { info: write('info'), warn: write('warn'), error: write('error') }
}
