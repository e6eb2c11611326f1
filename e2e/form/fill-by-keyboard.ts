// Somebody without a mouse: Tab, arrows, Space, Enter and typing, deciding by what the focused control says of itself.
import { specToForm } from '@opsai/react/headless'
import type { Page } from 'playwright-core'
import type { CorpusSpec } from './corpus.js'
import { act } from './act-by-keyboard.js'
import { createHands, type Hands } from './hands.js'
import { type Deed, type Step, toName, toPlan } from './keyboard-plan.js'
import type { Stop } from './read-stop.js'

/** More stops than any form has: beyond it something keeps the focus. */
const mostStops = 3_000

export interface Filled {
  keys: number
  stops: number
  /** Stops whose focus can't be seen, and steps nobody came by. */
  wrong: string[]
}

/** Fills in the shown form from its top to the submit button, and presses that. */
export async function fillByKeyboard(page: Page, { spec }: CorpusSpec, wanted: unknown): Promise<Filled> {
  const plan = toPlan(specToForm(spec), wanted)
  const hands = createHands(page)
  const filled: Filled = { keys: 0, stops: 0, wrong: [] }
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  let previous = ''
  let stays = 0
  for (; filled.stops < mostStops; filled.stops++) {
    await hands.press('Tab')
    let stop = await hands.look()
    if (stop === null) continue
    // Dates have several places for the focus within one control.
    stays = stop.isSame ? stays + 1 : 0
    if (stays > 12) throw new Error(`the focus can't leave ${toWords(stop)}`)
    if (!stop.wasVisible) filled.wrong.push(`focus can't be seen: ${previous}`)
    previous = toWords(stop)
    // What was added takes the focus itself: the same look again, without a Tab.
    for (let moved = true; moved;) {
      moved = await actAt(hands, stop, plan)
      if (moved) stop = (await hands.look()) ?? stop
      previous = toWords(stop)
    }
    if (stop.role === 'button' && stop.type === 'submit') break
  }
  await hands.press('Shift+Tab')
  const back = await hands.look()
  if (back?.type === 'submit') filled.wrong.push('Shift+Tab goes nowhere')
  await hands.press('Tab')
  for (const step of plan) {
    if (!step.isDone && !isIdle(step.deed)) filled.wrong.push(`not come by: ${toWords(step)}`)
  }
  await hands.press('Enter')
  filled.keys = hands.keys()
  return filled
}

/** Does all there is to do at the focused control. Returns whether the focus moved by itself. */
async function actAt(hands: Hands, stop: Stop, plan: Step[]): Promise<boolean> {
  if (stop.expanded === 'false' && stop.name.startsWith('Optional settings')) {
    await hands.press('Enter')
    return false
  }
  const step = next(plan, stop)
  return step !== undefined && act(hands, stop, step.deed, step)
}

const toWords = ({ groups, role, name }: Pick<Stop, 'groups' | 'role' | 'name'>): string =>
  `${[...groups, ''].join(' → ')}${role} "${name}"`

/** Nothing to do for somebody who doesn't come by. */
const isIdle = (deed: Deed): boolean => deed.kind === 'keep' || (deed.kind === 'add' && deed.count === 0)

function next(plan: Step[], stop: Stop): Step | undefined {
  const isRadio = stop.role === 'radio'
  const groups = isRadio ? stop.groups : stop.groups.map(toName)
  return plan.find(
    (step) =>
      !step.isDone &&
      step.role === (isRadio ? 'radiogroup' : stop.role) &&
      (isRadio || step.name === stop.name) &&
      step.groups.join('\n') === groups.join('\n'),
  )
}
