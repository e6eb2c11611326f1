import { createContext, useContext } from 'react'
import { en } from './en.js'
import type { Messages } from './messages.js'

/** The texts in use below a provider; English where there is none. */
export const MessagesContext = createContext<Messages>(en)

/**
 * Every text a person reads, in the host's words.
 *
 * @example
 * const { form } = useMessages()
 * return <button>{form.submit}</button>
 */
export const useMessages = (): Messages => useContext(MessagesContext)
