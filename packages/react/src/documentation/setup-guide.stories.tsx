import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { ConnectorForm } from '../form/connector-form.js'
import { fakeConnectors } from '../testing/fake-connectors.js'
import { toFakeDocumentation } from '../testing/fake-documentation.js'
import { toFakeSpec } from '../testing/fake-specs.js'
import { GuideBeside } from './guide-beside.js'
import type { SetupGuide } from './use-setup-guide.js'

/** A form with its guide: it follows the field that has the focus. */
function FormWithGuide({ sourceType, markdown }: { sourceType: string; markdown?: string }) {
  const [focusedPath, setFocusedPath] = useState<readonly string[]>()
  const connector = fakeConnectors.find((candidate) => candidate.sourceType === sourceType)
  if (connector === undefined) return null
  const documentation = toFakeDocumentation(connector)
  const guide: SetupGuide = {
    markdown: markdown ?? documentation.markdown,
    url: 'https://docs.airbyte.com/integrations/sources/postgres',
    state: 'beside',
    show: () => undefined,
    putAway: () => undefined,
  }
  return (
    <div className="opsai-hub">
      <div className="opsai-step">
        <GuideBeside guide={guide} focusedPath={focusedPath}>
          <ConnectorForm spec={toFakeSpec(connector)} onFieldFocus={setFocusedPath} onSubmit={() => undefined} />
        </GuideBeside>
      </div>
    </div>
  )
}

const meta: Meta<typeof FormWithGuide> = { title: 'Form/SetupGuide', component: FormWithGuide }
export default meta
type Story = StoryObj<typeof FormWithGuide>

export const Database: Story = { args: { sourceType: 'postgres' } }
export const ApiKey: Story = { args: { sourceType: 'stripe' } }
/** Whatever a guide holds, it stays in its column. */
export const WideThings: Story = {
  args: {
    sourceType: 'stripe',
    markdown: `# Wide

| Stream | Primary key | Cursor | Incremental | Notes |
|---|---|---|:-:|--:|
| customers | id | updated_at | yes | 1,204,882 |

\`\`\`
a_very_long_line_of_code_without_any_place_to_break_it_in_two_so_that_it_must_be_broken_anyway
\`\`\`

https://docs.example.com/a/very/long/address/that/has/no/place/to/break

:::warning

Read this **twice**.

:::`,
  },
}
