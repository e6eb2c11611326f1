// Somebody without a mouse: Tab, arrows, Space, Enter and typing, deciding by what the focused control says of itself.
import { specToForm } from '@opsai/react/headless'
import type { Page } from 'playwright-core'
import type { CorpusSpec } from './corpus.js'
import { type Deed, type Step, toName, toPlan } from './keyboard-plan.js'
import { readStop, type Stop } from './read-stop.js'

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

interface Hands {
  press: (key: string, times?: number) => Promise<void>
  type: (text: string) => Promise<void>
  look: () => Promise<Stop | null>
  keys: () => number
}

function createHands(page: Page): Hands {
  let pressed = 0
  return {
    async press(key, times = 1) {
      for (let left = times; left > 0; left--) await page.keyboard.press(key)
      pressed += times
    },
    async type(text) {
      pressed += text.length
      await page.keyboard.type(text)
    },
    look: () => page.evaluate(readStop),
    keys: () => pressed,
  }
}

/** Does what is to be done at the focused control. Returns whether the focus moved by itself. */
async function act(hands: Hands, stop: Stop, deed: Deed, step: Step): Promise<boolean> {
  step.isDone = true
  switch (deed.kind) {
    case 'keep':
      return false
    case 'type':
      await typeText(hands, stop, deed.text)
      return false
    case 'chips':
      await hands.press('Backspace', await countChips(hands, stop))
      for (const value of deed.values) {
        await hands.type(value)
        await hands.press('Enter')
      }
      return false
    case 'switch':
      if (stop.checked !== deed.on) await hands.press('Space')
      else if (!deed.on && deed.untouched) await hands.press('Space', 2)
      return false
    case 'tick':
      if (stop.checked !== deed.on) await hands.press('Space')
      return false
    case 'choose':
      await (stop.type === 'select-one' ? selectNative(hands, stop, deed) : selectTyped(hands, stop, deed))
      return false
    case 'pick':
      if (!stop.checked) await hands.press('Space')
      await hands.press(deed.index > stop.place ? 'ArrowDown' : 'ArrowUp', Math.abs(deed.index - stop.place))
      return false
    case 'add':
      deed.count--
      step.isDone = deed.count <= 0
      if (deed.count < 0) return false
      await hands.press('Enter')
      return true
  }
}

const countChips = async (_hands: Hands, stop: Stop): Promise<number> => stop.value.length + 20

async function typeText(hands: Hands, stop: Stop, text: string): Promise<void> {
  const dateTyped = toDateKeys(stop.type, text)
  if (dateTyped !== undefined) {
    for (const part of dateTyped) {
      if (part === '→') await hands.press('ArrowRight')
      else await hands.type(part)
    }
    return
  }
  if (stop.value !== '') {
    // Coming by Tab selects what stands in a line; in an area the caret may stand anywhere.
    await hands.press('Backspace')
    const left = (await hands.look())?.value.length ?? 0
    await hands.press('Backspace', left)
    await hands.press('Delete', (await hands.look())?.value.length ?? 0)
  }
  await hands.type(text)
}

/** What is typed into the parts of a date picker, in American order as the browser of these tests has it. */
function toDateKeys(type: string, text: string): string[] | undefined {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] =
    /^(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d):(\d\d):(\d\d))?/.exec(text) ?? []
  if (type === 'date') return [`${month}${day}`, year]
  if (type === 'month') return [month, '→', year]
  if (type !== 'datetime-local') return undefined
  const twelve = String(Number(hour) % 12 || 12).padStart(2, '0')
  return [`${month}${day}`, year, '→', `${twelve}${minute}${second}`, '→', Number(hour) < 12 ? 'a' : 'p']
}

async function selectNative(hands: Hands, stop: Stop, deed: Deed & { kind: 'choose' }): Promise<void> {
  let { chosen } = stop
  const wanted = toName(deed.label)
  for (const key of ['ArrowDown', 'ArrowUp']) {
    for (let presses = 0; chosen !== wanted && presses < 60; presses++) {
      await hands.press(key)
      const now = (await hands.look())?.chosen ?? ''
      if (now === chosen) break
      chosen = now
    }
  }
}

async function selectTyped(hands: Hands, stop: Stop, deed: Deed & { kind: 'choose' }): Promise<void> {
  await hands.press('Backspace', stop.value.length)
  await hands.type(deed.label)
  const wanted = toName(deed.label)
  for (let presses = 0; presses < 100; presses++) {
    if ((await hands.look())?.chosen === wanted) return hands.press('Enter')
    await hands.press('ArrowDown')
  }
}
