import axe from 'axe-core'
import { expect } from 'vitest'

/** Fails with what axe finds (WCAG 2.2 AA and best practice). Colours need a real browser: they are left to Storybook. */
export async function expectAccessible(container: Element): Promise<void> {
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  )
  expect(found).toEqual([])
}
