import type { Configuration, FieldError, SourceDetail } from '@opsai/contract'
import { useEffect, useRef, useState } from 'react'
import { toOpsaiError } from '../client/opsai-error.js'
import type { SubmitOutcome } from '../form/use-connector-form.js'
import { useMessages } from '../messages/use-messages.js'
import { type SourceChange, useTestSource, useUpdateSource } from '../queries/sources.js'
import { toCheckProblem } from './check-problem.js'
import { toFormErrors } from './to-form-errors.js'
import { toSourceChange } from './to-source-change.js'
import type { ConnectProblem } from './use-connect-source.js'
import type { IntegrationHub } from './use-integration-hub.js'

/** `saved`: the change is stored all the same, as it could only be tested after that. */
export type EditProblem = ConnectProblem & { saved: boolean }

/** What an edit is doing: `testingSaved` where it had to be stored before it could be tested. */
export type EditState = 'editing' | 'testing' | 'saving' | 'testingSaved'

/** What {@link useEditSource} takes beside the source. */
export interface EditSourceOptions {
  /** The change is stored: nothing would be lost by leaving. */
  onSaved?: (() => void) | undefined
}

/**
 * Editing a connected source: what was changed is tested with the stored secrets behind it, and stored only if that
 * succeeds, or if the user says so. Where an edit can't be tested unsaved, it is stored and then tested.
 *
 * @example
 * const { submit, state, problem } = useEditSource(hub, source)
 * await submit({ name, configuration })
 */
export function useEditSource(hub: IntegrationHub, source: SourceDetail, { onSaved }: EditSourceOptions = {}) {
  const { sourceId, sourceType } = source
  const test = useTestSource()
  const update = useUpdateSource()
  const [state, setState] = useState<EditState>('editing')
  const [problem, setProblem] = useState<EditProblem>()
  const isHere = useIsHere()
  const { secretNeeded } = useMessages().hub
  /** The proxy asks for secrets again where they would go to another address: a word for it is ours. */
  const toFieldErrors = (error: unknown): FieldError[] =>
    toFormErrors(toOpsaiError(error).fieldErrors).map((wrong) =>
      wrong.code === 'secret_needed' ? { ...wrong, message: secretNeeded } : wrong,
    )

  /** Whether a test succeeded; shows what is wrong where it did not. */
  const passes = async (target: Parameters<typeof test.mutateAsync>[0], saved: boolean): Promise<boolean> => {
    const result = await test.mutateAsync(target)
    if (result.status === 'succeeded') return true
    setProblem({ kind: 'testFailed', saved, ...toCheckProblem(result) })
    hub.emit({ type: 'test_failed', sourceType, code: result.code })
    return false
  }
  const save = async (change: SourceChange): Promise<void> => {
    await update.mutateAsync(change)
    onSaved?.()
    hub.emit({ type: 'source_updated', sourceType, sourceId })
  }
  const finish = (): SubmitOutcome => {
    hub.send({ type: 'sourceUpdated', sourceId })
    return 'accepted'
  }

  const submitChange = async (change: SourceChange, isTested: boolean): Promise<SubmitOutcome> => {
    const { configuration } = change
    let testsAfter = false
    if (configuration !== undefined && isTested) {
      setState('testing')
      try {
        if (!(await passes({ sourceId, configuration }, false))) return 'rejected'
      } catch (error) {
        if (toOpsaiError(error).code !== 'test_after_save') throw error
        testsAfter = true
      }
      // Whoever left while it was tested has not said that it should be stored.
      if (!isHere()) return 'rejected'
    }
    setState(testsAfter ? 'testingSaved' : 'saving')
    if (configuration !== undefined || change.name !== undefined) await save(change)
    if (testsAfter && !(await testStored())) return 'accepted'
    return finish()
  }
  /** It is stored by now: whatever goes wrong with its test does not undo that. */
  const testStored = async (): Promise<boolean> => {
    try {
      return await passes({ sourceId }, true)
    } catch (error) {
      setProblem({ kind: 'error', error, fieldErrors: [], saved: true })
      hub.report(error)
      return false
    }
  }

  const submit = async (
    edited: { name: string; configuration: Configuration },
    { isTested = true }: { isTested?: boolean } = {},
  ): Promise<SubmitOutcome> => {
    if (state !== 'editing') return 'rejected'
    setProblem(undefined)
    try {
      return await submitChange(toSourceChange(source, edited), isTested)
    } catch (error) {
      setProblem({ kind: 'error', error, fieldErrors: toFieldErrors(error), saved: false })
      hub.report(error)
      return 'rejected'
    } finally {
      setState('editing')
      // A mutation remembers what it was given: credentials must not outlive the call.
      test.reset()
      update.reset()
    }
  }

  return {
    state,
    problem,
    /** Tests what was changed, then saves it; `isTested: false` only saves. */
    submit,
    /** Whether what failed its test may be saved all the same. */
    mayBeSavedUntested: problem?.kind === 'testFailed' && !problem.saved,
  }
}

function useIsHere(): () => boolean {
  const isHere = useRef(false)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  return () => isHere.current
}
