// What is pressed and typed at one control to give it its value.
import type { Hands } from './hands.js'
import { type Deed, type Step, toName } from './keyboard-plan.js'
import type { Stop } from './read-stop.js'

/** Does what is to be done at the focused control. Returns whether the focus moved by itself. */
export async function act(hands: Hands, stop: Stop, deed: Deed, step: Step): Promise<boolean> {
  step.isDone = true
  switch (deed.kind) {
    case 'keep':
      return false
    case 'type':
      await typeText(hands, stop, deed.text)
      return false
    case 'chips':
      await hands.press('Backspace', stop.chips)
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
