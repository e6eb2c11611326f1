import type { Meta, StoryObj } from '@storybook/react-vite'
import { LeaveDialog } from './leave-dialog.js'

/** Asked once, by whoever would lose something. */
const meta: Meta<typeof LeaveDialog> = { title: 'Hub/LeaveDialog', component: LeaveDialog }
export default meta

export const Asking: StoryObj<typeof LeaveDialog> = {
  args: { guard: { question: { stay: () => undefined, discard: () => undefined } } },
}
