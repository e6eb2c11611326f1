// What is written beside an app so that any machine with Docker builds and runs it.
import { DeployError } from '../deployer.js'

/** The image: packages by the lockfile without any script, the build, then only what `next start` would need, run as nobody. */
export const dockerfile = `ARG NODE_VERSION=22

FROM node:\${NODE_VERSION}-slim AS packages
WORKDIR /app
COPY app/package.json app/package-lock.json ./
ARG npm_config_registry
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM packages AS build
ENV NEXT_OUTPUT=standalone NEXT_TELEMETRY_DISABLED=1
COPY app/ ./
RUN npm run build
RUN mkdir -p public

FROM node:\${NODE_VERSION}-slim AS run
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/public ./public
USER node
EXPOSE 3000
CMD ["node", "server.js"]
`

/** Everything stays out of the build but the app; and of the app, whatever may hold a secret. */
export const dockerignore = `*
!app
**/.env
**/.env.*
**/.npmrc
**/node_modules
**/.next
**/.git
`

/** The settings come in when it runs, never when it is built. */
export const toCompose = (name: string): string => `name: ${name}
services:
  app:
    build: .
    image: ${name}
    env_file: app.env
    ports:
      - '127.0.0.1:\${PORT:-3000}:3000'
    read_only: true
    tmpfs:
      - /tmp
      - /app/.next/cache
    cap_drop:
      - ALL
    security_opt:
      - no-new-privileges:true
    init: true
    restart: unless-stopped
    healthcheck:
      test: ['CMD', 'node', '-e', "fetch('http://127.0.0.1:3000/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
      interval: 10s
      timeout: 10s
      start_period: 20s
      retries: 3
`

export const toReadme = (name: string): string => `# Running ${name} on a machine of your own

\`\`\`sh
docker compose up --detach --build --wait   # http://localhost:3000, or PORT=8080 docker compose up …
docker compose logs --follow
docker compose down
\`\`\`

* **Settings** are in \`app.env\`, for its owner to read. They reach the app when it starts and are in no image: after a
  change, \`docker compose up --detach\`.
* **The database** in \`DATABASE_URL\` must be reachable from inside the container: \`localhost\` there is the container itself.
* **Other people** see nothing yet: the port is this machine's alone. Set \`APP_PASSWORD\` in \`app.env\`, and put a server that
  speaks TLS before it.
* **Without Compose**, on any host that builds a Dockerfile: build this folder, pass what is in \`app.env\` as the container's
  environment, expose port 3000, ask \`/health\`. A value in single quotes goes without them: \`docker run --env-file\` would
  take them along.
* **Packages from elsewhere** than npm's own registry: \`docker compose build --build-arg npm_config_registry=https://…\`, an
  address without a password.
* **Back to what ran before:** \`docker tag ${name} ${name}:before\` ahead of an update keeps it.
`

/** What each reader of an `env_file` takes as it stands. Not all know quotes: `docker run --env-file` takes them along. */
const plain = /^[\w.:/@%+,~=?&-]*$/

/**
 * Settings as Compose reads them from an `env_file`. In single quotes nothing is replaced; they are there only where needed.
 *
 * @throws DeployError where a value can't be written so
 */
export function toEnvFile(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || /['\r\n]/.test(value))
        throw new DeployError(
          'preparing',
          `The setting ${name.replace(/\W/g, '?')} can't be written to an env_file.`,
          'Its name may have letters, digits and "_"; its value no single quote and no line break.',
          false,
        )
      return plain.test(value) ? `${name}=${value}\n` : `${name}='${value}'\n`
    })
    .join('')
}
