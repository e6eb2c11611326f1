// Gets moto's server (Apache-2.0), an S3 and IAM that checks signatures and policies, for the tests of tenants' files.
// Without Python or a network it says so, and those tests are skipped.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = ['moto==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5', 'PyYAML', 'py-partiql-parser']
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, '.opsai', 'moto')
const python = join(folder, 'bin', 'python')

const run = (file, ...args) => spawnSync(file, args, { encoding: 'utf8', timeout: 240_000 }).status === 0
const works = () => existsSync(python) && run(python, '-c', 'import moto.server, moto.s3, moto.iam')

if (!works()) {
  const made =
    run('python3', '-m', 'venv', folder) && run(python, '-m', 'pip', 'install', '--quiet', '--no-compile', ...packages)
  console.log(
    made && works()
      ? `An S3 server is in ${folder}.`
      : "moto's S3 server could not be had (python3 -m venv, pip): the tests of tenants' files in a store are skipped.",
  )
}
