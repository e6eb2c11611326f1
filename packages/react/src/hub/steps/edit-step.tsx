import type { ConnectorSpec, SourceDetail } from '@opsai/contract'
import { type MouseEvent, useEffect, useRef, useState } from 'react'
import { GuideBeside } from '../../documentation/guide-beside.js'
import { GuideLink } from '../../documentation/guide-link.js'
import { type SetupGuide, useSetupGuide } from '../../documentation/use-setup-guide.js'
import { ConnectorForm, type SignInSlotProps } from '../../form/connector-form.js'
import { useMessages } from '../../messages/use-messages.js'
import type { SignInInputs } from '../../oauth/create-oauth-popup.js'
import { ErrorNotice } from '../../provider/error-notice.js'
import { useConnectorSpec } from '../../queries/connectors.js'
import { useSource } from '../../queries/sources.js'
import { Button } from '../../ui/button.js'
import { VisuallyHidden } from '../../ui/visually-hidden.js'
import { EditNotice } from '../edit-notice.js'
import { FormSkeleton } from '../form-skeleton.js'
import { type KeptPlace, parseKeptPlace } from '../kept-place.js'
import { LeaveDialog } from '../leave-dialog.js'
import { SignedIn } from '../signed-in.js'
import { StepFrame } from '../step-frame.js'
import { type EditState, useEditSource } from '../use-edit-source.js'
import type { IntegrationHub } from '../use-integration-hub.js'
import { type LeaveGuard, useLeaveGuard } from '../use-leave-guard.js'
import { useSignInAgain } from '../use-sign-in-again.js'
import { useConnectorLook } from './connector-logo.js'

export interface EditStepProps {
  hub: IntegrationHub
  sourceType: string
  sourceId: string
}

/** A connected source's form, with what is stored in it, made from the spec of the version it runs. */
export function EditStep({ hub, sourceType, sourceId }: EditStepProps) {
  const { hub: texts } = useMessages()
  const spec = useConnectorSpec(sourceType, sourceId)
  const source = useSource(sourceId)
  const look = useConnectorLook(sourceType)
  const guide = useSetupGuide({ sourceType, sourceId, documentationUrl: spec.data?.documentationUrl })
  const guard = useLeaveGuard()
  const failed = [source, spec].find(({ error }) => error !== null)
  return (
    <StepFrame
      title={texts.editTitle(source.data?.name ?? look.name)}
      logo={look.logo}
      onBack={() => guard.leave(hub.goBack)}
      intro={<GuideLink guide={guide} edition={hub.edition} />}
    >
      {failed ? (
        <ErrorNotice
          title={failed === source ? texts.sourceErrorTitle : texts.specErrorTitle}
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      ) : spec.data && source.data ? (
        <EditSource hub={hub} spec={spec.data} source={source.data} guide={guide} guard={guard} />
      ) : (
        <FormSkeleton />
      )}
      <LeaveDialog guard={guard} />
    </StepFrame>
  )
}

interface EditSourceProps {
  hub: IntegrationHub
  spec: ConnectorSpec
  source: SourceDetail
  guide: SetupGuide
  guard: LeaveGuard
}

function EditSource({ hub, spec, source, guide, guard }: EditSourceProps) {
  const { hub: texts } = useMessages()
  const edit = useEditSource(hub, source, { onSaved: () => guard.setDirty(false) })
  const [focusedPath, setFocusedPath] = useState<readonly string[]>()
  const untested = useUntestedSubmit()
  const { problem, state } = edit
  const inputs = useRef<SignInInputs>({})
  const popup = useSignInAgain(hub, source, { getInputs: () => inputs.current })
  // Read before the popup goes on with what was left: an end forgets it.
  const [kept] = useState(() => parseKeptPlace(popup.getKept()))
  const { setGoing } = guard
  useEffect(() => setGoing(popup.state.name === 'away'), [setGoing, popup.state.name])
  const signInWith = ({ prepare, getDraft }: SignInSlotProps) => {
    // The secret of an app of the user's own can't be read back: it goes along where it was typed again.
    const isOwnApp = spec.advancedAuthGlobalCredentialsAvailable === false
    const prepared = isOwnApp ? prepare() : undefined
    if (prepared === null) return
    const keep: KeptPlace = { step: 'editing', draft: getDraft() }
    inputs.current = { configuration: prepared?.configuration, keep }
    popup.signIn()
    inputs.current = {}
  }
  const says: Record<EditState, string | undefined> = {
    editing: undefined,
    testing: texts.testing(source.name),
    saving: texts.saving,
    testingSaved: texts.testsAfterSaving,
  }
  return (
    <GuideBeside guide={guide} edition={hub.edition} focusedPath={focusedPath}>
      <ConnectorForm
        // What was stored since is what there is to edit now; signing in again changes nothing of it.
        key={JSON.stringify([source.name, source.configuration])}
        spec={spec}
        name={source.name}
        initialConfiguration={source.configuration}
        draft={kept.draft}
        busy={state !== 'editing'}
        {...(problem && {
          errors: problem.fieldErrors,
          status: <EditNotice edit={edit} onSaveUntested={untested.onClick} />,
        })}
        onSubmit={(submission) => edit.submit(submission, { isTested: !untested.isWanted() })}
        onFieldFocus={setFocusedPath}
        onDirtyChange={guard.setDirty}
        {...(source.authorization === 'oauth' && {
          signedIn: true,
          renderSignIn: (slot: SignInSlotProps) => (
            <SignedIn source={source} name={spec.name} popup={popup} onSignIn={() => signInWith(slot)} />
          ),
        })}
        submitLabel={texts.testAndSave}
        {...(state === 'saving' && { busyLabel: texts.saving })}
        footer={
          <Button variant="quiet" onClick={() => guard.leave(hub.goBack)}>
            {texts.cancel}
          </Button>
        }
      />
      <VisuallyHidden>
        <span role="status">{says[state]}</span>
      </VisuallyHidden>
    </GuideBeside>
  )
}

/** A second submit button inside the form: the form checks what is typed as ever, and only the test is left out. */
function useUntestedSubmit() {
  const isWanted = useRef(false)
  return {
    onClick: (_: MouseEvent) => {
      isWanted.current = true
      // The form submits right after this click; one that it refuses must not colour the next.
      setTimeout(() => {
        isWanted.current = false
      })
    },
    isWanted: () => isWanted.current,
  }
}
