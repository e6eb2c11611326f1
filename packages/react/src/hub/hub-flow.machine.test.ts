import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HubFlowEvent, type HubFlowState, initialHubFlow, toNextStep, toVisibleStep } from './hub-flow.machine.js'

const source = { sourceType: 'stripe', sourceId: 'src_1' }
const job = { ...source, connectionId: 'con_1', jobId: 'job_1' }

const states: HubFlowState[] = [
  { step: 'choosing' },
  { step: 'connecting', sourceType: 'stripe' },
  { step: 'testing', sourceType: 'stripe' },
  { step: 'editing', ...source },
  { step: 'choosingStreams', ...source },
  { step: 'syncing', ...job },
  { step: 'done', ...job },
  { step: 'completed' },
]
const events: HubFlowEvent[] = [
  { type: 'connectorChosen', sourceType: 'hubspot' },
  { type: 'sourceSubmitted' },
  { type: 'testFailed' },
  { type: 'sourceConnected', ...source },
  { type: 'sourceOpened', ...source },
  { type: 'editWanted', ...source },
  { type: 'sourceUpdated', sourceId: 'src_1' },
  { type: 'syncStarted', ...job, jobId: 'job_2' },
  { type: 'syncSucceeded', jobId: 'job_1' },
  { type: 'wentBack' },
  { type: 'anotherWanted' },
  { type: 'completed' },
]

/** Where each event leads from each step; what is not listed changes nothing. */
const leads: Record<HubFlowState['step'], Partial<Record<HubFlowEvent['type'], HubFlowState['step']>>> = {
  choosing: {
    connectorChosen: 'connecting',
    sourceOpened: 'choosingStreams',
    editWanted: 'editing',
    syncStarted: 'syncing',
    completed: 'completed',
  },
  connecting: { sourceSubmitted: 'testing', sourceConnected: 'choosingStreams', wentBack: 'choosing' },
  testing: { testFailed: 'connecting', sourceConnected: 'choosingStreams' },
  editing: { sourceUpdated: 'choosing', wentBack: 'choosing' },
  choosingStreams: { syncStarted: 'syncing', wentBack: 'choosing' },
  syncing: {
    syncStarted: 'syncing',
    syncSucceeded: 'done',
    wentBack: 'choosing',
    anotherWanted: 'choosing',
    completed: 'completed',
  },
  done: {
    connectorChosen: 'connecting',
    sourceOpened: 'choosingStreams',
    editWanted: 'editing',
    wentBack: 'choosing',
    anotherWanted: 'choosing',
    completed: 'completed',
  },
  completed: { anotherWanted: 'choosing' },
}

describe('every event in every step', () => {
  for (const state of states) {
    for (const event of events) {
      const target = leads[state.step][event.type] ?? state.step
      test(`${state.step} + ${event.type} → ${target}`, () => {
        expect(toNextStep(state, event).step).toBe(target)
      })
    }
  }
})

test('the success of a job that is no longer watched changes nothing', () => {
  const watching: HubFlowState = { step: 'syncing', ...job, jobId: 'job_2' }
  expect(toNextStep(watching, { type: 'syncSucceeded', jobId: 'job_1' })).toBe(watching)
})

test('a second sync takes its own job', () => {
  expect(toNextStep({ step: 'syncing', ...job }, { type: 'syncStarted', ...job, jobId: 'job_2' })).toMatchObject({
    jobId: 'job_2',
  })
})

test('whatever happens, there is a way on: nobody is ever stuck', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (happened) => {
      const state = happened.reduce(toNextStep, initialHubFlow)
      expect(['choose', 'connect', 'streams', 'sync']).toContain(toVisibleStep(state))
      expect(events.some((event) => toNextStep(state, event) !== state)).toBe(true)
    }),
  )
})
