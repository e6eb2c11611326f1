import type { CheckResult, Configuration, FieldError } from '@opsai/contract'
import { useState } from 'react'
import { toOpsaiError } from '../client/opsai-error.js'
import type { SubmitOutcome } from '../form/use-connector-form.js'
import type { SignInFailure } from '../oauth/oauth-popup.types.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from '../queries/keys.js'
import { type TestTarget, useCreateSource, useTestSource } from '../queries/sources.js'
import { type CheckProblem, toCheckProblem } from './check-problem.js'
import { toFormErrors } from './to-form-errors.js'
import type { IntegrationHub } from './use-integration-hub.js'

/** Why the source is not connected: a test that failed, or a call that did. */
export type ConnectProblem =
  ({ kind: 'testFailed' } & CheckProblem) | { kind: 'error'; error: unknown; fieldErrors: FieldError[] }

/**
 * The connect step: tests what was typed before anything is stored, then connects it; or takes over from a sign-in.
 *
 * @example
 * const { submit, problem, isBusy } = useConnectSource(hub, 'stripe')
 */
export function useConnectSource(hub: IntegrationHub, sourceType: string) {
  const { client, queryClient } = useAirbyte()
  const test = useTestSource()
  const create = useCreateSource()
  const [problem, setProblem] = useState<ConnectProblem>()
  const [offered, setOffered] = useState<{ flowId: string; authUrl: string }>()
  const [untestedSourceId, setUntestedSourceId] = useState<string>()

  const onTestFailed = (result: CheckResult) => {
    setProblem({ kind: 'testFailed', ...toCheckProblem(result) })
    hub.emit({ type: 'test_failed', sourceType, code: result.code })
    hub.send({ type: 'testFailed' })
  }
  const onConnected = (sourceId: string) => {
    hub.emit({ type: 'source_connected', sourceType, sourceId })
    hub.send({ type: 'sourceConnected', sourceType, sourceId })
  }

  /** Runs a test and, where it succeeds, what comes after it. */
  const testThen = async (target: TestTarget, next: () => Promise<void> | void): Promise<SubmitOutcome> => {
    setProblem(undefined)
    hub.send({ type: 'sourceSubmitted' })
    try {
      const result = await test.mutateAsync(target)
      if (result.status === 'failed') {
        onTestFailed(result)
        return 'rejected'
      }
      await next()
      return 'accepted'
    } catch (error) {
      setProblem({ kind: 'error', error, fieldErrors: toFormErrors(toOpsaiError(error).fieldErrors) })
      hub.send({ type: 'testFailed' })
      hub.report(error)
      return 'rejected'
    } finally {
      // A mutation remembers what it was given: credentials must not outlive the call.
      test.reset()
      create.reset()
    }
  }

  const submit = ({ name, configuration }: { name: string; configuration: Configuration }) =>
    testThen({ sourceType, configuration }, async () => {
      const created = await create.mutateAsync({ tenantId: hub.tenantId, sourceType, name, configuration })
      if ('sourceId' in created) return onConnected(created.sourceId)
      setOffered(created)
      hub.send({ type: 'testFailed' })
    })

  const testSignedIn = (sourceId: string) => {
    setUntestedSourceId(sourceId)
    return testThen({ sourceId }, () => onConnected(sourceId))
  }

  return {
    problem,
    /** Tests, then connects. */
    submit,
    isBusy: hub.flow.step === 'testing',
    /** A sign-in the proxy asked for after the form. */
    offered,
    onAuthorized: ({ sourceId }: { sourceId: string }) => {
      void queryClient.invalidateQueries({ queryKey: airbyteKeys.connectedSources(client.id) })
      return testSignedIn(sourceId)
    },
    onSignInFailed: ({ code }: SignInFailure) => hub.emit({ type: 'sign_in_failed', sourceType, code }),
    /** Signed in, but the test failed: try it again without another sign-in. */
    testAgain: untestedSourceId === undefined ? undefined : () => testSignedIn(untestedSourceId),
  }
}
