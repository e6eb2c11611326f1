import js from '@eslint/js'
import importX from 'eslint-plugin-import-x'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Who may depend on whom (ARCHITECTURE.md). A package may import those listed; all others are an error. */
const mayImport = {
  contract: [],
  'airbyte-client': [],
  'local-postgres': [],
  sandbox: [],
  oauth: [],
  apps: [],
  engine: ['airbyte-client', 'oauth'],
  server: ['contract', 'airbyte-client', 'oauth', 'apps'],
  react: ['contract'],
  cli: ['contract', 'airbyte-client', 'apps', 'engine', 'server', 'local-postgres', 'sandbox'],
}
const packageName = (name) => (name === 'cli' ? 'opsai' : `@opsai/${name}`)
const names = Object.keys(mayImport)

const packageFences = names.map((name) => ({
  files: [`packages/${name}/src/**/*.{ts,tsx}`],
  ignores: ['**/*.test.{ts,tsx}', '**/*.stories.tsx', '**/src/test/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: names
          .filter((other) => other !== name && !mayImport[name].includes(other))
          .map((other) => ({
            group: [packageName(other), `${packageName(other)}/*`],
            message: `packages/${name} may not depend on ${packageName(other)} (ARCHITECTURE.md, "Who may depend on whom").`,
          })),
      },
    ],
  },
}))

/** Inside react, left knows nothing of right. */
const layers = [
  ['ui', 'messages', 'spec'],
  ['client'],
  ['provider'],
  ['queries'],
  ['form', 'oauth', 'catalog', 'documentation'],
  ['hub'],
]
const zones = layers
  .flatMap((layer, index) =>
    layer.map((folder) => ({
      target: `./packages/react/src/${folder}`,
      from: layers.slice(index + 1).flatMap((later) => later.map((other) => `./packages/react/src/${other}`)),
      message: `react/${folder} is below it (ARCHITECTURE.md, "Inside react").`,
    })),
  )
  .filter((zone) => zone.from.length > 0)

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/.turbo/**',
      '.opsai/**',
      '.storybook/public/**',
      '**/.next/**',
      '**/next-env.d.ts',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { 'import-x': importX },
    settings: {
      // What rings are looked for in: without these no-cycle reads no TypeScript and finds none.
      'import-x/extensions': ['.ts', '.tsx', '.js', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [
        importX.createNodeResolver({
          extensions: ['.ts', '.tsx', '.js', '.mjs'],
          extensionAlias: { '.js': ['.ts', '.tsx', '.js'] },
          conditionNames: ['opsai-source', 'import', 'types', 'default'],
        }),
      ],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-self-import': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportDeclaration[source.value=/^zod/] > ImportSpecifier',
          message: "Import zod as a namespace (`import * as z from 'zod'`): named, it costs 92 KB in the browser.",
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-eval': 'error',
      'no-new-func': 'error',
    },
  },
  ...packageFences,
  {
    files: ['packages/react/src/**/*.{ts,tsx}', 'examples/*/src/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks, 'import-x': importX },
    rules: {
      ...reactHooks.configs['recommended-latest'].rules,
      'import-x/no-restricted-paths': ['error', { zones }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        fetch: 'readonly',
        AbortController: 'readonly',
        performance: 'readonly',
      },
    },
  },
)
