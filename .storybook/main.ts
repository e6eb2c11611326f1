import type { StorybookConfig } from '@storybook/react-vite'
import { mergeConfig } from 'vite'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../packages/react/src/**/*.stories.tsx'],
  addons: ['@storybook/addon-a11y'],
  staticDirs: ['./public'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // Stories show the sources as they are, not a build of them.
  viteFinal: (vite) =>
    mergeConfig(vite, { resolve: { conditions: ['opsai-source', 'module', 'browser', 'development|production'] } }),
}

export default config
