import type { Decorator, Preview } from '@storybook/react-vite'
import { mswLoader } from 'msw-storybook-addon/csf3'
import { AirbyteProvider } from '../packages/react/src/provider/airbyte-provider.js'
import { createMswHandlers } from '../packages/react/src/testing/create-msw-handlers.js'
import '../packages/react/src/styles/styles.css'
import './preview.css'

const fetchSession = () =>
  Promise.resolve({ token: 'storybook', expiresAt: new Date(Date.now() + 900_000).toISOString() })

/** A host's page: a provider, a theme, a width. */
const withHost: Decorator = (Story, { globals, id }) => (
  <div className="host" data-theme={globals.theme} data-width={globals.width}>
    <AirbyteProvider key={id} baseUrl="/api/airbyte" fetchSession={fetchSession} appearance={{ theme: globals.theme }}>
      <Story />
    </AirbyteProvider>
  </div>
)

const preview: Preview = {
  loaders: [mswLoader()],
  decorators: [withHost],
  parameters: {
    layout: 'fullscreen',
    msw: createMswHandlers(),
    a11y: { test: 'error' },
    options: { storySort: { order: ['Foundations', 'Catalog', 'Form', 'OAuth', 'Hub'] } },
  },
  globalTypes: {
    theme: {
      toolbar: { title: 'Theme', icon: 'mirror', items: ['light', 'dark', 'system'], dynamicTitle: true },
    },
    width: {
      toolbar: { title: 'Width', icon: 'grow', items: ['full', '960', '390'], dynamicTitle: true },
    },
  },
  initialGlobals: { theme: 'light', width: 'full' },
}

export default preview
