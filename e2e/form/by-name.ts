// Finding a control as a person does: by its role and label, in the group it stands in.
import type { Locator } from 'playwright-core'

type Role = 'textbox' | 'switch' | 'combobox' | 'group' | 'radiogroup' | 'button' | 'checkbox'

/**
 * The control so named in a group. Of several the ones that stand in it directly, not in a group inside it; of
 * several of those (two fields with one title) the one at `place`.
 */
export async function byName(scope: Locator, role: Role, name: string, place = 0): Promise<Locator> {
  const found = scope.getByRole(role, { name: name.trim(), exact: true })
  const count = await found.count()
  if (count === 1 && place === 0) return found
  if (count === 0) {
    await found.first().waitFor()
    return byName(scope, role, name, place)
  }
  const within = await scope.elementHandle()
  const depths = await found.evaluateAll((elements, around) => {
    const depthOf = (element: Element): number => {
      let depth = 0
      let at = element.parentElement
      for (; at !== null && at !== around; at = at.parentElement) {
        if (at.matches('fieldset, [role=group]')) depth++
      }
      return depth
    }
    return elements.map(depthOf)
  }, within)
  const least = Math.min(...depths)
  const own = depths.flatMap((depth, index) => (depth === least ? [index] : []))
  const index = own[place] ?? own.at(-1) ?? 0
  return found.nth(index)
}
