import type { Files } from '@opsai/apps'
import type { Deployer } from '@opsai/apps/deploy'
import type { ProblemError } from '../http/problem.js'
import type { AppRow } from '../store/apps.js'

export interface AppsOptions {
  /** Runs the apps; closed with the server. */
  deployer: Deployer
  /** Where their folders are: one an app, to be kept. */
  directory: string
  /** What every app begins with. Default: the template of `@opsai/apps`. */
  template?: Files | undefined
  /** How long changes are waited for, so that many in a row are one deployment. Default: 5,000. */
  quietMs?: number | undefined
}

export interface AppsReach extends AppsOptions {
  /** Of an app that is somewhere this proxy doesn't deploy to. */
  wrongTarget(row: AppRow): ProblemError
}
