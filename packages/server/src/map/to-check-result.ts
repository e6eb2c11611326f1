// Airbyte's answer to a test → what the user reads: what kind of failure, which field, and what to do about it. Pure.
import type { Check } from '@opsai/airbyte-client'
import type { CheckResult, FieldError } from '@opsai/contract'
import { checkRules } from './check-rules.js'
import type { CheckRule } from './check-rules/rule.js'
import { findField } from './find-field.js'
import { readValidator } from './read-validator.js'
import { type FormSpec, listSpecFields, type SpecField } from './spec-fields.js'
import { toFirstLine, toHumanMessage } from './to-human-message.js'

/** What was tested. */
export interface TestedForm {
  spec: FormSpec
  configuration: unknown
}

const anything = 'Check what you entered, then test again.'
const notRun = 'The test could not be run.'

/** @param form to find the fields in; without it none is named */
export function toCheckResult(check: Check, form?: TestedForm): CheckResult {
  if (check.status === 'succeeded') return { status: 'succeeded' }
  const message = toHumanMessage(check.message || check.jobInfo.failureReason?.externalMessage || notRun) || notRun
  return { status: 'failed', message, ...explain(message, form, readNamedFields(check)) }
}

/** What a message means for this form. */
function explain(
  message: string,
  form: TestedForm | undefined,
  named: readonly string[][],
): Pick<CheckResult, 'code' | 'fieldErrors' | 'remedy'> {
  const fields = form && listSpecFields(form.spec, form.configuration)
  const faults = fields ? readValidator(message, fields) : []
  if (faults[0])
    return { code: faults[0].code, fieldErrors: faults, remedy: 'Correct the marked fields, then test again.' }
  const rule = findRule(message, fields)
  const guessed = rule && fields && findField(rule.fields, message, fields)
  const shown = fields ? named.flatMap((path) => toShown(path, fields)) : named
  const paths = shown.length > 0 ? shown : guessed ? [guessed] : []
  const code = rule?.code ?? 'rejected'
  const fieldErrors = paths.map((path): FieldError => ({ path: [...path], code, message: toFirstLine(message) }))
  return {
    ...(rule && { code }),
    ...(fieldErrors.length > 0 && { fieldErrors }),
    remedy: rule?.remedy ?? anything,
  }
}

function findRule(message: string, fields: readonly SpecField[] | undefined): CheckRule | undefined {
  return checkRules.find(
    ({ says, needs }) => says.test(message) && (!needs || !fields || findField([needs], '', fields) !== undefined),
  )
}

/** A field the form does not show is looked for where the form shows what holds it. */
function toShown(path: readonly string[], fields: readonly SpecField[]): (readonly string[])[] {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path.slice(0, length).join('\0')
    const field = fields.find((each) => each.path.join('\0') === key)
    if (field) return [field.path]
  }
  return []
}

/** The embedded engine says which fields; it names them beside Airbyte's own answer. */
function readNamedFields(check: Check): string[][] {
  const named = check['opsaiFields']
  if (!Array.isArray(named)) return []
  return named.filter((path): path is string[] => Array.isArray(path) && path.every((part) => typeof part === 'string'))
}
