// Beside useMessages, so that a page with a form alone doesn't load the hub's words.
import { useContext } from 'react'
import { type CommonMessages, commonEn } from './common-en.js'
import { formEn, type FormMessages } from './form-en.js'
import { MessagesContext } from './messages-context.js'

/** The texts of a connector's form. */
export const useFormMessages = (): FormMessages => useContext(MessagesContext)?.form ?? formEn

/** The texts of the small parts that every area uses. */
export const useCommonMessages = (): CommonMessages => useContext(MessagesContext)?.common ?? commonEn
