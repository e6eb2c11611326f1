// Whether signing in is the way for what is chosen now, and which fields it reads and fills.
import type { Field, FormModel, OAuthModel, OAuthPath } from './field.js'
import { getIn, isSamePath, isWithin, type Path, type PlainObject } from './path.js'
import { toConfiguration } from './to-configuration.js'
import { toText } from './to-text.js'

/** What signing in means for the values a form holds now. */
export type OAuthOption =
  /** The connector has no sign-in, or another way is chosen; `insteadOf` is where sign-in would stand if chosen again. */
  | { way: 'manual'; insteadOf?: Path }
  | {
      way: 'signIn'
      /** The object the button belongs in: the choice with the predicate, or the root (`[]`). */
      at: Path
      /** Fields to be valid before consent, with the keys the provider's step knows them by. */
      inputs: OAuthPath[]
      /** Paths that signing in fills; their fields are not shown. */
      fills: Path[]
      /** Whether the configuration already holds what signing in brings. */
      filled: boolean
      /** Whether typing the values by hand may be offered: only where no operator's credentials exist. */
      manualIsOffered: boolean
    }

/**
 * Whether sign-in is the way for the current values, where its button stands, and what it fills. The same object as
 * long as the answer is the same.
 *
 * @param options.manual The person chose to type the credentials. Default false.
 * @example
 * const option = oauthOptionOf(model, values)
 * if (option.way === 'signIn') hide(option.fills)
 */
export function oauthOptionOf(model: FormModel, values: PlainObject, options: { manual?: boolean } = {}): OAuthOption {
  const { oauth } = model
  if (oauth === undefined) return noSignIn
  const configuration = toOAuthPart(model, oauth, values)
  if (!holds(oauth, configuration)) return noSignIn
  const answers = answersOf(model, oauth)
  if (oauth.globalCredentials === false && options.manual === true) return answers.manual
  const isFilled = answers.brings((path) => getIn(configuration, path) !== undefined)
  return isFilled ? answers.filled : answers.empty
}

const noSignIn: OAuthOption = { way: 'manual' }

/** Only what sign-in looks at: this runs at every keystroke. */
function toOAuthPart(model: FormModel, oauth: OAuthModel, values: PlainObject): PlainObject {
  const keys = [oauth.predicate?.path, ...oauth.outputs.map(({ path }) => path)].map((path) => path?.[0])
  const fields = model.fields.filter((field) => field.path.length === 0 || keys.includes(field.path[0]))
  return toConfiguration({ fields }, values)
}

interface Answers extends Record<'manual' | 'filled' | 'empty', OAuthOption> {
  /** Whether everything is there that signing in must bring; where the spec requires none of it, whether anything is. */
  brings: (has: (path: Path) => boolean) => boolean
}
const known = new WeakMap<FormModel, Answers>()

function answersOf(model: FormModel, oauth: OAuthModel): Answers {
  const answers = known.get(model) ?? toAnswers(model, oauth)
  known.set(model, answers)
  return answers
}

function toAnswers(model: FormModel, oauth: OAuthModel): Answers {
  const at = oauth.predicate?.path.slice(0, -1) ?? []
  const manualIsOffered = oauth.globalCredentials === false
  const outputs = oauth.outputs.map(({ path }) => path)
  const required = outputs.filter((path) => isRequired(model.fields, path))
  const signIn = {
    way: 'signIn',
    at,
    inputs: manualIsOffered ? [...oauth.inputs, ...oauth.serverOutputs] : oauth.inputs,
    fills: manualIsOffered ? outputs : [...outputs, ...oauth.serverOutputs.map(({ path }) => path)],
    manualIsOffered,
  } as const
  return {
    manual: { way: 'manual', insteadOf: at },
    filled: { ...signIn, filled: true },
    empty: { ...signIn, filled: false },
    brings: (has) => (required.length > 0 ? required.every(has) : outputs.some(has)),
  }
}

/** Whether a field is required where it stands, in an option of a choice too. */
const isRequired = (fields: readonly Field[], path: Path): boolean =>
  fields.some((field) => {
    if (field.kind === 'group') return isRequired(field.fields, path)
    if (field.kind === 'choice') return field.options.some((option) => isRequired(option.fields, path))
    return field.required && isSamePath(field.path, path)
  })

/**
 * Whether a path is one that signing in fills, or below one: its field is not shown.
 *
 * @example
 * const shown = model.fields.filter((field) => !isFilledBySignIn(oauth, field.path))
 */
export const isFilledBySignIn = (option: OAuthOption, path: Path): boolean =>
  option.way === 'signIn' && option.fills.some((filled) => isWithin(path, filled))

// As Airbyte's server decides: the key is there, and its text is the value named, if one is. The words in specs
// ("Client", "oauth2.0") follow no rule. (The web app compares strictly and would show no button for a number.)
function holds(oauth: OAuthModel, configuration: PlainObject): boolean {
  if (oauth.predicate === undefined) return true
  const { path, value: wanted = '' } = oauth.predicate
  const value = getIn(configuration, path)
  return value !== undefined && (wanted.trim() === '' || toText(value) === wanted)
}
