import type { ConnectorSpec } from '@opsai/contract'
import { useEffect, useRef, useState } from 'react'
import { GuideBeside } from '../../documentation/guide-beside.js'
import { GuideLink } from '../../documentation/guide-link.js'
import { type SetupGuide, useSetupGuide } from '../../documentation/use-setup-guide.js'
import { ConnectorForm, type FormDraft, type SignInSlotProps } from '../../form/connector-form.js'
import type { SignInInputs } from '../../oauth/create-oauth-popup.js'
import { OAuthStatus } from '../../oauth/oauth-status.js'
import { useOAuthPopup } from '../../oauth/use-oauth-popup.js'
import { useMessages } from '../../messages/use-messages.js'
import { ErrorNotice } from '../../provider/error-notice.js'
import { useConnectorSpec } from '../../queries/connectors.js'
import { VisuallyHidden } from '../../ui/visually-hidden.js'
import { ConnectNotice } from '../connect-notice.js'
import { FormSkeleton } from '../form-skeleton.js'
import { type KeptPlace, parseKeptPlace } from '../kept-place.js'
import { LeaveDialog } from '../leave-dialog.js'
import { OpenFlowNotice } from '../open-flow-notice.js'
import { StepFrame } from '../step-frame.js'
import { useConnectSource } from '../use-connect-source.js'
import type { IntegrationHub } from '../use-integration-hub.js'
import { type LeaveGuard, useLeaveGuard } from '../use-leave-guard.js'
import { useConnectorLook } from './connector-logo.js'

export interface ConnectStepProps {
  hub: IntegrationHub
  sourceType: string
}

/** Step 2: the connector's form, with sign-in where it has one, and its setup guide beside it. */
export function ConnectStep({ hub, sourceType }: ConnectStepProps) {
  const { hub: texts } = useMessages()
  const spec = useConnectorSpec(sourceType)
  const look = useConnectorLook(sourceType)
  const guide = useSetupGuide({ sourceType, documentationUrl: spec.data?.documentationUrl })
  const guard = useLeaveGuard()
  // A test that runs is let finish: there is nothing to ask about until it has.
  const goBack = () => hub.flow.step !== 'testing' && guard.leave(hub.goBack)
  return (
    <StepFrame
      title={texts.connectTitle(spec.data?.name ?? look.name)}
      logo={look.logo}
      onBack={goBack}
      intro={<GuideLink guide={guide} edition={hub.edition} />}
    >
      {spec.isPending && <FormSkeleton />}
      {spec.error && (
        <ErrorNotice title={texts.specErrorTitle} error={spec.error} onRetry={() => void spec.refetch()} />
      )}
      {spec.data && <ConnectSource hub={hub} spec={spec.data} guide={guide} guard={guard} />}
      <LeaveDialog guard={guard} />
    </StepFrame>
  )
}

interface ConnectSourceProps {
  hub: IntegrationHub
  spec: ConnectorSpec
  guide: SetupGuide
  guard: LeaveGuard
}

function ConnectSource({ hub, spec, guide, guard }: ConnectSourceProps) {
  const { hub: texts } = useMessages()
  const { sourceType, name } = spec
  const connect = useConnectSource(hub, sourceType)
  const inputs = useRef<SignInInputs>({})
  const [focusedPath, setFocusedPath] = useState<readonly string[]>()
  const { onAuthorized, onSignInFailed, offered, isBusy, problem } = connect
  const popup = useOAuthPopup({
    ...hub.signInOptions,
    sourceType,
    getInputs: () => inputs.current,
    onAuthorized: (signedIn) => void onAuthorized(signedIn),
    onFailed: onSignInFailed,
  })
  const { offer, signIn, state } = popup
  // Read before the popup goes on with what was left: an end forgets it.
  const [kept] = useState(() => parseKeptPlace(popup.getKept()))
  useEffect(() => {
    if (offered) offer(offered)
  }, [offered, offer])
  const { setGoing } = guard
  useEffect(() => setGoing(state.name === 'away'), [setGoing, state.name])

  const signInWith = (prepared: ReturnType<SignInSlotProps['prepare']>, draft: FormDraft) => {
    if (!prepared) return
    const keep: KeptPlace = { step: 'connecting', draft }
    inputs.current = { ...prepared, keep }
    signIn()
    inputs.current = {}
  }
  const toStatus = (onSignIn: () => void) => (
    <OAuthStatus
      state={state}
      name={name}
      place={popup.place}
      onSignIn={onSignIn}
      onReopen={popup.reopen}
      onContinueHere={popup.continueHere}
      onCancel={popup.cancel}
      onShowExisting={(sourceId) => guard.leave(() => hub.showExisting({ sourceType, sourceId }))}
    />
  )
  return (
    <GuideBeside guide={guide} edition={hub.edition} focusedPath={focusedPath}>
      <ConnectorForm
        spec={spec}
        name={name}
        draft={kept.draft}
        busy={isBusy}
        {...(problem && { errors: problem.fieldErrors, status: <ConnectNotice connect={connect} /> })}
        onSubmit={connect.submit}
        onFieldFocus={setFocusedPath}
        onDirtyChange={guard.setDirty}
        renderSignIn={({ prepare, getDraft }) => (
          <>
            {state.name === 'idle' && <OpenFlowNotice sourceType={sourceType} name={name} onAdopt={popup.adopt} />}
            {toStatus(() => signInWith(prepare(), getDraft()))}
          </>
        )}
        signInSubmits
        submitLabel={texts.testAndConnect}
        {...(offered && { footer: toStatus(signIn) })}
      />
      <VisuallyHidden>
        <span role="status">{isBusy && texts.testing(name)}</span>
      </VisuallyHidden>
    </GuideBeside>
  )
}
