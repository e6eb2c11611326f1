// Where in the hub the user was when this very tab went to a provider, and what was typed there: written to
// sessionStorage, so never a secret, and read back as what a stranger might have written.
import type { FormDraft } from '../form/connector-form.js'
import { isObject } from '../spec/path.js'

/** A step of the hub a sign-in may leave from; `choosing` is the list of what is connected. */
export interface KeptPlace {
  step: 'choosing' | 'connecting' | 'editing'
  draft?: FormDraft | undefined
}

export function parseKeptPlace(kept: unknown): KeptPlace {
  if (!isObject(kept)) return { step: 'choosing' }
  const step = kept.step === 'editing' || kept.step === 'connecting' ? kept.step : 'choosing'
  return { step, draft: parseDraft(kept.draft) }
}

function parseDraft(draft: unknown): FormDraft | undefined {
  if (!isObject(draft) || typeof draft.name !== 'string' || !isObject(draft.configuration)) return undefined
  return { name: draft.name, configuration: draft.configuration, isWhole: draft.isWhole === true }
}
