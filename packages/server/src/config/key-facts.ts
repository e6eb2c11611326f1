import * as z from 'zod'

/** The headings settings are shown under, in this order. */
export const groups = [
  'Airbyte',
  'Databases',
  'Keys',
  'Addresses',
  'Signing in',
  'Webhooks',
  'Behaviour',
  "Tenants' apps",
  'Deploying',
  'Language models',
  'opsai dev',
  'opsai command',
] as const
export type Group = (typeof groups)[number]

/** What is known of a setting beside its type and description. */
export interface KeyFacts {
  group: Group
  /** Never shown, never logged. */
  secret?: true
  /** A value to imitate; not for secrets. */
  example?: string
  /** When it has to be set, in words; `always` for what no server starts without. */
  needed?: string
  /** How to come by one: a sentence. */
  remedy?: string
  /** What the key was called before: still read. */
  formerly?: string
  /** Keys that must be set where this one is. */
  with?: readonly string[]
  /** Keys that must not be set beside this one. */
  without?: readonly string[]
}

/** Where the facts of each setting are kept, by its schema. */
export const keyFacts = z.registry<KeyFacts>()
