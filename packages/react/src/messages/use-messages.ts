import { useContext } from 'react'
import { en } from './en.js'
import type { Messages } from './messages.js'
import { MessagesContext } from './messages-context.js'

/**
 * Every text a person reads, in the host's words; English where there is no provider.
 *
 * @example
 * const { form } = useMessages()
 * return <button>{form.submit}</button>
 */
export const useMessages = (): Messages => useContext(MessagesContext) ?? en
