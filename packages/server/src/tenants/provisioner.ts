// What a tenant has is made of parts. Each is made, looked at, rotated and taken away in the same four verbs, and each
// verb may be repeated any number of times, by whichever process takes up what another one left.
import type { TenantEnv } from '../env/tenant-env-keys.js'
import type { TenantRow } from '../store/tenants.js'

/** In the order they are made. */
export const partNames = ['warehouse', 'workspace', 'destination', 'storage', 'redis'] as const
export type PartName = (typeof partNames)[number]

/** A key for the tenant's own files. */
export interface StorageKey {
  accessKeyId: string
  secretAccessKey: string
}

/** What the tenant's logins prove themselves with. */
export interface Passwords {
  /** Of the role Airbyte loads with. */
  sync: string
  /** Of the role the tenant's app reads with. */
  app: string
  redis: string
}

/** A tenant as its parts see it. Its names are made of the slug alone: the host's id never becomes one. */
export interface TenantInParts {
  tenantId: string
  slug: string
  passwords: Passwords
  storageKey: StorageKey | undefined
  workspaceId: string | undefined
  destinationId: string | undefined
  /** Where this part was made, if it was. */
  madeAt: string | undefined
}

/** What a part has to be remembered by, written together with the end of its operation. */
export interface Made {
  workspaceId?: string
  destinationId?: string
  storageKey?: StorageKey
  /** Done once all of this is written down: before, what it takes away may be all there is. */
  settle?(): Promise<void>
}

export type Inspection =
  | { state: 'present' }
  | { state: 'absent' }
  /** There, and not as it should be: a sentence without anything secret. */
  | { state: 'wrong'; what: string }

export interface Provisioner {
  part: PartName
  /** Whether a tenant can do without, so that one that lacks it is let in and given it later. */
  need: 'always' | 'extra'
  /** Whether `ensure` may be repeated by whoever comes; one that may not writes its own operation down. */
  repeats: 'safely' | 'by its own operation'
  /** Where it makes things. Made elsewhere, a part is made again here. Nothing secret is in it. */
  place: string
  /** Makes sure that all of it is there, and as it should be. */
  ensure(tenant: TenantInParts, signal: AbortSignal): Promise<Made>
  /** What there really is. */
  inspect(tenant: TenantInParts, signal: AbortSignal): Promise<Inspection>
  /**
   * From here on only what is new opens anything, and whoever came in by what is old is put out.
   *
   * @param next passwords, written down before; a key the service makes itself is in the answer
   */
  rotate(tenant: TenantInParts, next: Passwords, signal: AbortSignal): Promise<Made>
  /** Takes all of it away; access first. */
  remove(tenant: TenantInParts, signal: AbortSignal): Promise<void>
  /**
   * Which of these tenants' parts are gone though nobody took them away. Only where that happens by itself: a Redis that
   * starts again has forgotten its users.
   */
  lost?(slugs: readonly string[]): Promise<string[]>
  /** What the tenant's app is told of it. */
  toEnv(tenant: TenantInParts): Partial<TenantEnv>
}

/** Parts a row lacks, in the order they are made. */
export const lackingParts = (row: Pick<TenantRow, 'parts'>, provisioners: readonly Provisioner[]): Provisioner[] =>
  provisioners.filter(({ part, place }) => row.parts[part] !== place)
