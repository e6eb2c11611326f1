// Where in the hub the user is and what moves them on. Pure; holds the step and ids, never copies of server data.

/** The connector or source a step is about. */
export interface Subject {
  sourceType: string
}
export interface SourceSubject extends Subject {
  sourceId: string
}
export interface ConnectionSubject extends SourceSubject {
  connectionId: string
}

export type HubFlowState =
  /** Gallery and connected list; `updatedSourceId` is the source whose edit was just saved. */
  | { step: 'choosing'; updatedSourceId?: string }
  /** Form or sign-in. */
  | ({ step: 'connecting' } & Subject)
  /** Credentials are being tried; the form stays where it is. */
  | ({ step: 'testing' } & Subject)
  /** The form of a connected source. */
  | ({ step: 'editing' } & SourceSubject)
  /** Streams, sync modes and sample rows. */
  | ({ step: 'choosingStreams' } & SourceSubject)
  /** A job runs or has failed. */
  | ({ step: 'syncing'; jobId: string } & ConnectionSubject)
  /** The job succeeded. */
  | ({ step: 'done'; jobId: string } & ConnectionSubject)
  /** The user pressed Finish and the host was told. */
  | { step: 'completed' }

export type HubFlowEvent =
  | ({ type: 'connectorChosen' } & Subject)
  | { type: 'sourceSubmitted' }
  | { type: 'testFailed' }
  /** By form or sign-in. */
  | ({ type: 'sourceConnected' } & SourceSubject)
  /** From the connected list: a source whose streams were never chosen. */
  | ({ type: 'sourceOpened' } & SourceSubject)
  /** From the connected list: another name, other settings. */
  | ({ type: 'editWanted' } & SourceSubject)
  | { type: 'sourceUpdated'; sourceId: string }
  | ({ type: 'syncStarted'; jobId: string } & ConnectionSubject)
  | { type: 'syncSucceeded'; jobId: string }
  | { type: 'wentBack' }
  | { type: 'anotherWanted' }
  | { type: 'completed' }

export const initialHubFlow: HubFlowState = { step: 'choosing' }

/**
 * The next step. An event that means nothing where the user is changes nothing.
 *
 * @example
 * toNextStep({ step: 'choosing' }, { type: 'connectorChosen', sourceType: 'stripe' })
 * // → { step: 'connecting', sourceType: 'stripe' }
 */
export function toNextStep(state: HubFlowState, event: HubFlowEvent): HubFlowState {
  switch (event.type) {
    case 'connectorChosen':
      return isResting(state) ? { step: 'connecting', sourceType: event.sourceType } : state
    case 'sourceSubmitted':
      return state.step === 'connecting' ? { step: 'testing', sourceType: state.sourceType } : state
    case 'testFailed':
      return state.step === 'testing' ? { step: 'connecting', sourceType: state.sourceType } : state
    case 'sourceConnected':
      return state.step === 'connecting' || state.step === 'testing' ? toStreams(event) : state
    case 'sourceOpened':
      return isResting(state) ? toStreams(event) : state
    case 'editWanted':
      return isResting(state) ? { step: 'editing', sourceType: event.sourceType, sourceId: event.sourceId } : state
    case 'sourceUpdated':
      return state.step === 'editing' && state.sourceId === event.sourceId
        ? { step: 'choosing', updatedSourceId: event.sourceId }
        : state
    case 'syncStarted':
      return canSync(state) ? toSyncing(event) : state
    case 'syncSucceeded':
      return state.step === 'syncing' && state.jobId === event.jobId ? { ...state, step: 'done' } : state
    case 'wentBack':
      // A test that runs is let finish: its answer would otherwise arrive nowhere.
      return state.step === 'testing' || state.step === 'completed' ? state : initialHubFlow
    case 'anotherWanted':
      return state.step === 'done' || state.step === 'syncing' || state.step === 'completed' ? initialHubFlow : state
    case 'completed':
      return isResting(state) || state.step === 'done' || state.step === 'syncing' ? { step: 'completed' } : state
  }
}

/** Nothing under way: whatever is chosen next is the user's intent. */
const isResting = ({ step }: HubFlowState) => step === 'choosing' || step === 'done'

/** From the streams, again after a failure, or "Sync now" in the connected list. */
const canSync = ({ step }: HubFlowState) => step === 'choosingStreams' || step === 'syncing' || step === 'choosing'

const toStreams = ({ sourceType, sourceId }: SourceSubject): HubFlowState => ({
  step: 'choosingStreams',
  sourceType,
  sourceId,
})

const toSyncing = (event: ConnectionSubject & { jobId: string }): HubFlowState => ({
  step: 'syncing',
  sourceType: event.sourceType,
  sourceId: event.sourceId,
  connectionId: event.connectionId,
  jobId: event.jobId,
})

/** The four steps a user sees, in order, and which of them a state belongs to; an edit is a way of choosing. */
export const visibleSteps = ['choose', 'connect', 'streams', 'sync'] as const
export type VisibleStep = (typeof visibleSteps)[number]

const visibleStepOf: Readonly<Record<HubFlowState['step'], VisibleStep>> = {
  choosing: 'choose',
  connecting: 'connect',
  testing: 'connect',
  editing: 'choose',
  choosingStreams: 'streams',
  syncing: 'sync',
  done: 'sync',
  completed: 'sync',
}

/** The visible step of a state. */
export const toVisibleStep = ({ step }: HubFlowState): VisibleStep => visibleStepOf[step]
