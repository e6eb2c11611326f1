// A process that deploys an app and waits to be killed.
import { readFile } from 'node:fs/promises'
import { createLocalDeployer } from '@opsai/apps/deploy'

const { directory, app } = JSON.parse(process.argv[2])
const { url } = await createLocalDeployer({ directory, portFrom: 4800 }).deploy(app)
const state = JSON.parse(await readFile(`${directory}/apps/${app.name}/state.json`, 'utf8'))
console.log(JSON.stringify({ url, pid: state.process.pid }))
process.stdin.resume()
