import { en } from './en.js'

/** Every text a person reads, by area. A text with details in it is a function of them. */
export type Messages = typeof en

/** Some texts of `Messages`, at any depth; the rest stays English. */
export type MessageOverrides<Texts = Messages> = {
  [Key in keyof Texts]?: Texts[Key] extends string
    ? string
    : Texts[Key] extends (details: never) => string
      ? Texts[Key]
      : MessageOverrides<Texts[Key]>
}

/**
 * English with some texts replaced.
 *
 * @param overrides Texts by area; unknown keys are passed over.
 * @example
 * const messages = mergeMessages({ form: { submit: 'Verbinden' } })
 */
export function mergeMessages(overrides: MessageOverrides = {}): Messages {
  return merge(en, overrides)
}

function merge<Texts extends object>(texts: Texts, overrides: object): Texts {
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(texts))
  for (const [key, text] of Object.entries(overrides)) {
    const original = merged[key]
    if (text === undefined || original === undefined) continue
    const isArea = typeof original === 'object' && original !== null && typeof text === 'object' && text !== null
    merged[key] = isArea ? merge(original, text) : text
  }
  return merged as Texts
}
