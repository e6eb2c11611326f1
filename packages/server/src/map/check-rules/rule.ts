import type { CheckCode } from '@opsai/contract'
import type { RoleName } from '../field-roles.js'

export interface CheckRule {
  code: CheckCode
  /** Takes time linear in the message. */
  says: RegExp
  /** What it is about, the likeliest first. */
  fields: readonly RoleName[]
  /** For the end user: what to do now. */
  remedy: string
  /** Holds only for forms that have such a field: the same words mean something else at another connector. */
  needs?: RoleName
}

export const rule = (code: CheckCode, fields: readonly RoleName[], remedy: string, says: RegExp): CheckRule => ({
  code,
  says,
  fields,
  remedy,
})

export const where = (needs: RoleName, only: CheckRule): CheckRule => ({ ...only, needs })
