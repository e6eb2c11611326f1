import type { ConnectorSpec } from '@opsai/contract'
import type { FormModel } from './field.js'
import { toOAuthModel } from './oauth-model.js'
import { toPlainSchema } from './schema.js'
import { toSections } from './sections.js'
import { toFields } from './to-fields.js'

/** The parts of a connector's spec that a form is made from. */
export type FormSpec = Pick<
  ConnectorSpec,
  'connectionSpecification' | 'advancedAuth' | 'advancedAuthGlobalCredentialsAvailable'
>

/**
 * A connector's spec as a form: sections, fields and choices, ready to be shown by any user interface.
 * Never throws: keywords it can't read are passed over, and shapes without a control become a JSON field.
 * Behaviour: Airbyte's connector specification reference and its web app's connector form.
 *
 * @param spec The answer of `GET /sources/{sourceType}/spec`.
 * @example
 * const model = specToForm(spec)
 * const values = toValues(model)
 * const configuration = toConfiguration(model, values)
 */
export function specToForm(spec: FormSpec): FormModel {
  const schema = toPlainSchema(spec.connectionSpecification)
  const fields = toFields(schema, [])
  return {
    sections: toSections(schema, fields),
    fields,
    oauth: toOAuthModel(spec.advancedAuth, spec.advancedAuthGlobalCredentialsAvailable),
  }
}

const made = new WeakMap<FormSpec, FormModel>()

/** The form of a spec, made once a spec object; a form is itself. */
export function toFormModel<Model extends Pick<FormModel, 'fields'>>(from: Model | FormSpec): Model | FormModel {
  if (!('connectionSpecification' in from)) return from
  const model = made.get(from) ?? specToForm(from)
  made.set(from, model)
  return model
}
