// What a process of a tenant's app may know of ours: how to run, and nothing else. The platform's own secrets are all in
// its environment, so this is a list of what goes along, never of what doesn't.

const toRun = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ', 'NODE_EXTRA_CA_CERTS', 'SystemRoot']
/** npm's own, for where packages come from. They reach npm alone: it runs no script of any package. */
const npmSettings = ['registry', 'userconfig', 'globalconfig', 'cache', 'cafile', 'proxy', 'https_proxy', 'noproxy']
const toInstall = [
  ...toRun,
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...npmSettings.flatMap((name) => [`npm_config_${name}`, `NPM_CONFIG_${name.toUpperCase()}`]),
]

export type Environment = Readonly<Record<string, string | undefined>>

/** What the app is built and run with. */
export const toAppEnv = (host: Environment, app: Readonly<Record<string, string>>): Record<string, string> => ({
  ...pick(host, toRun),
  NEXT_TELEMETRY_DISABLED: '1',
  ...app,
  NODE_ENV: 'production',
})

/** What its packages are installed with: nothing of the app's. */
export const toInstallEnv = (host: Environment): Record<string, string> => pick(host, toInstall)

function pick(host: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (host[name] ? [[name, host[name]]] : [])))
}
