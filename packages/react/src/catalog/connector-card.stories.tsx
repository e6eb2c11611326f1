import type { Meta, StoryObj } from '@storybook/react-vite'
import type { Connector } from '@opsai/contract'
import { ConnectorCard } from './connector-card.js'

const stripe: Connector = {
  sourceType: 'stripe',
  name: 'Stripe',
  category: 'Payments',
  description: 'Customers, charges, invoices and subscriptions',
  supportLevel: 'certified',
  availability: 'available',
}
const onChoose = () => undefined

/** Every state a card can be in. */
function AllStates() {
  return (
    <ul className="opsai-cards">
      <li>
        <ConnectorCard connector={stripe} onChoose={onChoose} />
      </li>
      <li>
        <ConnectorCard connector={stripe} reasons={['Payments are the core of a b2c business']} onChoose={onChoose} />
      </li>
      <li>
        <ConnectorCard
          connector={{ ...stripe, name: 'Snowflake', availability: 'needs_airbyte' }}
          onChoose={onChoose}
        />
      </li>
      <li>
        <ConnectorCard
          connector={{
            ...stripe,
            name: 'Pardot',
            availability: 'no_source',
            closest: 'Connect Salesforce: it holds the same prospects.',
          }}
          onChoose={onChoose}
        />
      </li>
      <li>
        <ConnectorCard
          connector={{
            ...stripe,
            name: 'A connector with a very long name that needs two lines',
            description: 'And a description so long that it is cut after its second line, because cards stay even.',
          }}
          onChoose={onChoose}
        />
      </li>
    </ul>
  )
}

const meta: Meta<typeof AllStates> = { title: 'Catalog/ConnectorCard', component: AllStates }
export default meta
export const States: StoryObj<typeof AllStates> = {}
