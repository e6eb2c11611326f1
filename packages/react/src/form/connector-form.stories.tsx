import type { Meta, StoryObj } from '@storybook/react-vite'
import { secretMask } from '../spec/cast.js'
import { apiKeySpec, databaseSpec, everyKindSpec, objectListSpec, ownAppSignInSpec, signInSpec } from '../test/specs.js'
import { Alert } from '../ui/alert.js'
import { Button } from '../ui/button.js'
import { ConnectorForm } from './connector-form.js'

/** A connector's form, made from its spec. */
const meta: Meta<typeof ConnectorForm> = {
  title: 'Form/ConnectorForm',
  component: ConnectorForm,
  args: { onSubmit: () => Promise.resolve('accepted'), footer: <Button variant="quiet">Cancel</Button> },
}
export default meta
type Story = StoryObj<typeof ConnectorForm>

const renderSignIn = () => <Button variant="primary">Sign in to Harbor CRM</Button>

export const ApiKey: Story = { args: { spec: apiKeySpec, name: 'Beacon' } }
export const Database: Story = { args: { spec: databaseSpec, name: 'Granite' } }
export const EveryKindOfField: Story = { args: { spec: everyKindSpec, name: 'Atlas' } }

/** A stored source: secrets are masked, own values open their fold. */
export const Editing: Story = {
  args: {
    spec: apiKeySpec,
    name: 'Beacon',
    submitLabel: 'Save',
    initialConfiguration: {
      api_key: secretMask,
      start_date: '2024-01-25',
      page_size: 50,
      account_ids: ['acc_102', 'acc_7'],
    },
  },
}

/** The page went away to sign in and came back: what was typed is here, secrets are not. */
export const CameBack: Story = {
  args: {
    spec: ownAppSignInSpec,
    name: 'Harbor CRM',
    renderSignIn,
    draft: {
      name: 'Harbor sales',
      configuration: { subdomain: 'acme', credentials: { auth_type: 'oauth2.0', client_id: 'app_1' } },
      isWhole: false,
    },
  },
}

/** An error in the second item opened it; the summary says which item it is. */
export const ErrorsInAList: Story = {
  args: {
    spec: objectListSpec,
    name: 'Depot',
    initialConfiguration: {
      bucket: 'sales',
      streams: [
        { name: 'orders', format: { filetype: 'csv', delimiter: ';' }, key: secretMask },
        { name: 'returns', format: { filetype: 'parquet' }, days: 400 },
      ],
    },
    errors: [{ path: ['streams', '1', 'days'], code: 'rejected', message: 'Depot keeps one year only.' }],
  },
}

/** Only what the connector asks for, for a page that names things itself. */
export const WithoutAName: Story = { args: { spec: apiKeySpec, withName: false } }

export const Busy: Story = {
  args: {
    ...ApiKey.args,
    busy: true,
    initialConfiguration: { api_key: secretMask, start_date: '2024-01-25' },
  },
}

/** What a failed test looks like: the error stands at its field, the outcome above the button. */
export const RefusedByTheServer: Story = {
  args: {
    ...ApiKey.args,
    initialConfiguration: { api_key: secretMask, start_date: '2019-01-01' },
    errors: [{ path: ['start_date'], code: 'rejected', message: 'Beacon keeps one year of records only.' }],
  },
}

export const WithAStatus: Story = {
  args: {
    ...ApiKey.args,
    status: (
      <Alert tone="danger" title="We couldn't reach Beacon">
        Their service doesn't answer. Try again in a few minutes.
      </Alert>
    ),
  },
}

/** The sign-in finishes the form: it is the one next action. */
export const SignIn: Story = {
  args: { spec: signInSpec, name: 'Harbor CRM', renderSignIn, signInSubmits: true },
}
export const SignInAsAStep: Story = { args: { spec: signInSpec, name: 'Harbor CRM', renderSignIn } }
export const SignInWithOwnApp: Story = { args: { spec: ownAppSignInSpec, name: 'Harbor CRM', renderSignIn } }
export const SignedIn: Story = {
  args: {
    spec: signInSpec,
    name: 'Harbor CRM',
    signedIn: true,
    renderSignIn: () => <Alert tone="success" title="Signed in to Harbor CRM" />,
  },
}
export const NoSignInHere: Story = { args: { spec: signInSpec, name: 'Harbor CRM' } }

/** Only a name: a connector that needs nothing. */
export const NothingToFill: Story = {
  args: { spec: { connectionSpecification: { type: 'object' } }, name: 'Sample data' },
}
