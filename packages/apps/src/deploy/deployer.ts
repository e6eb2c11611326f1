// Where a tenant's app runs is somebody else's business: a process here, a container, a hosting service. All of them are
// asked in the same three verbs.

/** What a deployment is doing, in the order it does it. Not every deployer has every step. */
export const deploySteps = [
  'preparing',
  'installing',
  'uploading',
  'building',
  'starting',
  'checking',
  'promoting',
] as const
export type DeployStep = (typeof deploySteps)[number]

/** An app as it was written, and what it is called where it runs. */
export interface AppToDeploy {
  /** `[a-z0-9-]`, at most 40 characters, opaque: what a project, process or image is named. The same app has the same name. */
  name: string
  /** The folder `writeApp` wrote: the whole app with its `.env`. */
  directory: string
  /** Of the `.env`: what the app is run with. Never anything of the platform's. */
  env: Readonly<Record<string, string>>
}

/** What is told while it is under way. */
export interface DeployProgress {
  step: DeployStep
  /** A sentence for people, without anything secret: `Building the app`. */
  message: string
}

export interface DeployOptions {
  signal?: AbortSignal
  onProgress?(progress: DeployProgress): void
}

/** What runs now. */
export interface Deployed {
  /** Where people open it; absent where the deployer only writes what is to be run elsewhere (`docker`). */
  url?: string
  /** What this deployment is called where it runs, to go back to. */
  deploymentId: string
}

/** What is known of an app where it runs. */
export type DeployedState =
  { state: 'running'; url?: string; deploymentId: string } | { state: 'stopped' } | { state: 'absent' }

/**
 * Runs apps somewhere. Every verb may be repeated, also by another process than the one that began.
 *
 * @throws DeployError from every verb; nothing else that is meant to be read
 */
export interface Deployer {
  readonly target: 'local' | 'docker' | 'vercel'
  /**
   * Makes what is in the folder the app that runs. What ran before goes on until the new one has answered, and stays what
   * runs if this fails: a failed deployment changes nothing.
   */
  deploy(app: AppToDeploy, options?: DeployOptions): Promise<Deployed>
  inspect(name: string, signal?: AbortSignal): Promise<DeployedState>
  /** Brings what is deployed and `stopped` up again as it was, without building. Absent where nothing stops by itself. */
  start?(name: string, signal?: AbortSignal): Promise<Deployed>
  /** Takes it away, everywhere it is. That it isn't there is no error. */
  remove(name: string, signal?: AbortSignal): Promise<void>
  /** Ends what runs in this process, such as child processes; the apps themselves stay deployed. */
  close(): Promise<void>
}

/** Why an app could not be deployed. */
export class DeployError extends Error {
  override name = 'DeployError'
  constructor(
    /** Which step it was. */
    readonly step: DeployStep,
    /** What happened, without anything secret. */
    message: string,
    /** What to do about it. */
    readonly remedy: string,
    /** Whether the same again may well work. */
    readonly retryable: boolean,
  ) {
    super(message)
  }
}
