// An S3 and IAM for tests that checks signatures, keys and policies: moto's server, in a process of its own.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { freePort } from './free-port.js'

const python = fileURLToPath(new URL('../../../../.opsai/moto/bin/python', import.meta.url))
export const hasS3 = existsSync(python)
if (!hasS3)
  console.log('There is no S3 server here (node .ci/s3-server.mjs): the tests of files in a store are skipped.')

export interface S3Server {
  endpoint: string
  /** A key that may do everything. */
  accessKeyId: string
  secretAccessKey: string
  stop(): Promise<void>
}

/** What IAM itself is not asked: making the administrator, before anybody can prove to be one. */
const UNCHECKED = 3

export async function startS3(): Promise<S3Server> {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const child = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', `${port}`], {
    stdio: 'ignore',
    env: { ...process.env, INITIAL_NO_AUTH_ACTION_COUNT: `${UNCHECKED}` },
  })
  const answers = async () =>
    await fetch(`${endpoint}/moto-api/`).then(
      (answer) => answer.ok,
      () => false,
    )
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 100))
  const UserName = 'administrator'
  const iam = new IAMClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } })
  await iam.send(new CreateUserCommand({ UserName }))
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['s3:*', 'iam:*'], Resource: '*' }],
  })
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'all', PolicyDocument }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  iam.destroy()
  return {
    endpoint,
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    },
  }
}
