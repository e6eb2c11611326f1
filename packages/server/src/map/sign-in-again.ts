// What a stored source's own configuration gives to signing in again. Pure.
import type { SourceSpec } from '@opsai/airbyte-client'
import { readAt, writeAt } from './at-path.js'
import { withoutMasks } from './masks.js'
import { choosesSignIn, isFilled, lacksApp, pathsOf } from './sign-in.js'

type Spec = Pick<SourceSpec, 'advancedAuth' | 'advancedAuthGlobalCredentialsAvailable'>
type Tree = Record<string, unknown>

export type SignInAgain =
  /** What may be sent to the provider: nothing of it is a mask. */
  | { kind: 'ready'; configuration: Tree }
  /** The connector has no sign-in, or the source was connected in another way. */
  | { kind: 'not_offered' }
  /** It was signed in with an app of the user's own, whose secret can't be read back: these must be typed. */
  | { kind: 'secrets_needed'; paths: string[][] }

/**
 * @param stored as Airbyte answers it, masks and all
 * @param given what was typed beside it; it counts only in the place of the app's secrets, which nobody can read
 */
export function toSignInAgain(spec: Spec, stored: Tree, given: Tree = {}): SignInAgain {
  if (!choosesSignIn(spec, stored)) return { kind: 'not_offered' }
  const known = withoutMasks(stored)
  const typed = withoutMasks(given)
  const ofApp = pathsOf(spec, 'completeOAuthServerOutputSpecification').map(([, path]) => path)
  const unknown = ofApp.filter((path) => !isFilled(readAt(known, path)) && isFilled(readAt(stored, path)))
  const configuration = unknown.reduce<Tree>((tree, path) => {
    const value = readAt(typed, path)
    return isFilled(value) ? writeAt(tree, path, value) : tree
  }, known)
  if (!lacksApp(spec, configuration)) return { kind: 'ready', configuration }
  const paths = unknown.filter((path) => !isFilled(readAt(configuration, path)))
  return paths.length > 0 ? { kind: 'secrets_needed', paths } : { kind: 'not_offered' }
}
