// A step that is a command: it ends well, or the step has failed with what it said last.
import { DeployError, type DeployStep } from '../deployer.js'
import { lastLines } from '../blank-secrets.js'
import { within } from '../within.js'
import { signalGroup } from './processes.js'
import { type ChildCommand, spawnGroup } from './spawn-group.js'

export interface StepCommand extends ChildCommand {
  step: DeployStep
  /** What it does, as a sentence begins: `Building the app`. */
  what: string
  remedy: string
  timeoutMs: number
  signal: AbortSignal
}

/** @throws DeployError where it fails or takes too long; the signal's reason where it is called off */
export async function runToEnd(command: StepCommand): Promise<void> {
  command.signal.throwIfAborted()
  const child = await spawnGroup(command)
  let isLate = false
  const { code, signal } = await within(command.timeoutMs, command.signal, async (ending) => {
    const kill = () => {
      isLate = !command.signal.aborted
      signalGroup(child.pid, 'SIGKILL')
    }
    ending.addEventListener('abort', kill)
    if (ending.aborted) kill()
    return await child.ended
  })
  command.signal.throwIfAborted()
  if (code === 0) return
  const how = isLate
    ? `took longer than ${Math.round(command.timeoutMs / 1000)} s`
    : `failed (${signal ?? `exit ${code}`})`
  const said = lastLines(child.output())
  throw new DeployError(command.step, `${command.what} ${how}:\n${said || 'it said nothing'}`, command.remedy, isLate)
}
