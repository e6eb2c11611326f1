// An app's settings are told to whoever deploys it, and what that says goes to hosts and logs: nothing of them may be in it.
import type { AppError, AppStep } from '@opsai/contract'
import { DeployError } from '@opsai/apps/deploy'
import { AppFolderError } from '@opsai/apps/node'
import { ProblemError } from '../http/problem.js'
import { createScrub } from '../secrets/scrub.js'

/** Settings that say what is no secret; the value of any other counts as one, those an owner has added included. */
const plain =
  /^(TENANT_ID|DATABASE_SCHEMA|STORAGE_(PROVIDER|ENDPOINT|REGION|BUCKET|PREFIX|PATH)|REDIS_NAMESPACE|AIRBYTE_WORKSPACE_ID|NODE_ENV|PORT|\w+_(ENABLED|PROVIDER))$/

/** What must never be seen: each such value, and the password of a URL by itself. */
export function toSecretValues(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (plain.test(name)) return []
    const password = URL.canParse(value) ? new URL(value).password : ''
    return password ? [value, password, ...decode(password)] : [value]
  })
}

/** An owner may have typed a `%` that stands for nothing. */
function decode(text: string): string[] {
  try {
    return [decodeURIComponent(text)]
  } catch {
    return []
  }
}

/** Blanks an app's secrets, in whatever form they are echoed. */
export const createBlank = (env: Readonly<Record<string, string>>) => createScrub(toSecretValues(env))

/** Also one of another copy of the package, as where a bundler has made two. */
export const isDeployError = (error: unknown): error is DeployError =>
  error instanceof DeployError || (error instanceof Error && error.name === 'DeployError' && 'remedy' in error)

/** What failed, as it may be shown. Only errors that are made to be read say what they say. */
export function toAppError(error: unknown, step: AppStep, blank: (text: string) => string): AppError {
  if (isDeployError(error))
    return {
      step: error.step,
      message: blank(error.message),
      remedy: blank(error.remedy),
      retryable: error.retryable,
    }
  if (error instanceof AppFolderError)
    return {
      step,
      message: 'The folder the app is to be written to holds something else.',
      remedy: 'Move what is in it elsewhere, then ask for the app again.',
      retryable: false,
    }
  if (error instanceof ProblemError)
    return {
      step,
      message: blank(error.facts.detail),
      remedy: blank(error.facts.remedy ?? 'Nothing has to be done: it is tried again in a while.'),
      retryable: true,
    }
  return {
    step,
    message: step === 'generating' ? "The tenant's data could not be looked at." : 'Something failed on our side.',
    remedy: 'It is tried again in a while. The log of the proxy says more.',
    retryable: true,
  }
}
