import { createContext } from 'react'
import type { Messages } from './messages.js'

/** The host's texts, below a provider. */
export const MessagesContext = createContext<Messages | undefined>(undefined)
