import { useMessages } from '../messages/use-messages.js'
import { type HubFlowState, toVisibleStep, visibleSteps } from './hub-flow.machine.js'

/** Where the user is among the four steps. */
export function Stepper({ flow }: { flow: HubFlowState }) {
  const { hub } = useMessages()
  const names = { choose: hub.stepChoose, connect: hub.stepConnect, streams: hub.stepStreams, sync: hub.stepSync }
  const isOver = flow.step === 'done' || flow.step === 'completed'
  const current = visibleSteps.indexOf(toVisibleStep(flow))
  return (
    <ol className="opsai-stepper" aria-label={hub.steps}>
      {visibleSteps.map((step, index) => {
        const state = index < current || isOver ? 'done' : index === current ? 'current' : 'ahead'
        return (
          <li key={step} className="opsai-stepper-step" data-state={state} aria-current={index === current && 'step'}>
            {names[step]}
          </li>
        )
      })}
    </ol>
  )
}
