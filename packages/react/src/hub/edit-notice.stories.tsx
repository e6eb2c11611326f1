import type { Meta, StoryObj } from '@storybook/react-vite'
import type { CheckProblem } from './check-problem.js'
import { EditNotice } from './edit-notice.js'

/** Why an edit is not saved, or saved and not working. */
const meta: Meta<typeof EditNotice> = {
  title: 'Hub/EditNotice',
  component: EditNotice,
  args: { onSaveUntested: () => undefined },
}
export default meta
type Story = StoryObj<typeof EditNotice>

const failed = (problem: Partial<CheckProblem>, saved = false): Story => ({
  args: {
    edit: {
      problem: {
        kind: 'testFailed',
        saved,
        code: undefined,
        message: undefined,
        remedy: 'Check the address for typing errors.',
        fieldErrors: [],
        ...problem,
      },
      mayBeSavedUntested: !saved,
    },
  },
})

export const OneSentence = failed({ code: 'unknown_host', message: 'There is no server called db.harbor.example.' })
export const WithALog = failed({
  message: `Could not connect to the server.\n${Array.from({ length: 12 }, (_, line) => `  at connect (driver.ts:${line})`).join('\n')}`,
})
export const SaidAtItsField = failed({
  code: 'wrong_password',
  message: 'FATAL: password authentication failed for user "reader"',
  remedy: 'Check the user name and the password.',
  fieldErrors: [{ path: ['password'], code: 'wrong_password', message: 'This password was not accepted.' }],
})
export const SavedButFailing = failed({ message: 'The account is closed.', remedy: 'Ask its owner.' }, true)
