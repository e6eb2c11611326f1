import { toOpsaiError } from '../client/opsai-error.js'
import type { Messages } from '../messages/messages.js'

/** An error in words for the end user. */
export interface ErrorDescription {
  message: string
  remedy: string | undefined
  requestId: string | undefined
}

/** What to show of anything thrown: the proxy's words, or our own, translatable ones where no proxy spoke. */
export function describeError(thrown: unknown, { errors }: Pick<Messages, 'errors'>): ErrorDescription {
  const { code, displayMessage, remedy, requestId } = toOpsaiError(thrown)
  const own = requestId ? undefined : Object.entries(errors).find(([name]) => name === code)?.[1]
  return { message: own?.message ?? displayMessage, remedy: own?.remedy ?? remedy, requestId }
}
