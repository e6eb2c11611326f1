// What the proxy must keep but nobody may read in a dump of its database.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Sealed under the key itself: how it was before keys could be changed. Still opened. */
const DIRECT = 1
/** Sealed under a key of its own, which is sealed under the key named beside it. */
const ENVELOPE = 2

const ID_BYTES = 8
const BOX_BYTES = 12 + 16
const HEAD_BYTES = 1 + ID_BYTES + BOX_BYTES + 32

export interface Sealer {
  /** Encrypts for one place (`tenant|row|field`): moved to another place it can't be opened. */
  seal(plain: string, place: string): Buffer
  /** @throws when no key is the one it was sealed under, or the bytes were changed or moved. */
  open(sealed: Buffer, place: string): string
  /** A keyed digest: equal inputs are seen to be equal, and nothing can be guessed from it. Stays through key changes. */
  digest(purpose: string, value: string): Buffer
  /**
   * The same under the newest key, or nothing where it is already. Only the small inner key is sealed anew; what is
   * inside is neither read nor changed, except that what was sealed directly gets its envelope.
   */
  rewrap(sealed: Buffer, place: string): Buffer | undefined
  /** The first bytes of whatever the newest key has sealed. */
  readonly newest: Buffer
}

interface Key {
  id: Buffer
  wrap: Buffer
  direct: Buffer
}

const derive = (master: Buffer, purpose: string) => Buffer.from(hkdfSync('sha256', master, '', `opsai/${purpose}`, 32))

function toKey(encryptionKey: string): Key {
  const master = Buffer.from(encryptionKey, 'base64')
  return {
    id: derive(master, 'key id').subarray(0, ID_BYTES),
    wrap: derive(master, 'wrap'),
    direct: derive(master, 'seal'),
  }
}

/** The key digests are made with where nothing else was kept: derived from the encryption key. */
export const toDigestKey = (encryptionKey: string) => derive(Buffer.from(encryptionKey, 'base64'), 'digest')

function encrypt(key: Buffer, plain: Uint8Array, about: string): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body])
}

function decrypt(key: Buffer, box: Uint8Array, about: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12)).setAAD(Buffer.from(about))
  decipher.setAuthTag(box.subarray(12, BOX_BYTES))
  return Buffer.concat([decipher.update(box.subarray(BOX_BYTES)), decipher.final()])
}

const aboutKey = (id: Buffer) => `key|${id.toString('hex')}`

/**
 * AES-256-GCM envelopes: each value has a key of its own, sealed under the newest of ours, and the value's place as
 * additional data. Digests are HMAC-SHA-256.
 *
 * @param encryptionKey 32 bytes, base64
 * @param more keys that are opened with, never sealed with; and the key of digests, where it was kept
 */
export function createSealer(
  encryptionKey: string,
  more: { oldKeys?: readonly string[]; digestKey?: Buffer } = {},
): Sealer {
  const newest = toKey(encryptionKey)
  const keys = [newest, ...(more.oldKeys ?? []).map(toKey)]
  const digestKey = more.digestKey ?? toDigestKey(encryptionKey)
  const head = Buffer.concat([Buffer.of(ENVELOPE), newest.id])

  const wrap = (inner: Buffer) => Buffer.concat([head, encrypt(newest.wrap, inner, aboutKey(newest.id))])
  const unwrap = (sealed: Buffer): Buffer => {
    const id = sealed.subarray(1, 1 + ID_BYTES)
    const key = keys.find((each) => each.id.equals(id))
    if (!key) throw new Error('A sealed value is under a key that is neither encryptionKey nor in oldEncryptionKeys.')
    return decrypt(key.wrap, sealed.subarray(1 + ID_BYTES, HEAD_BYTES), aboutKey(key.id))
  }
  const seal = (plain: string, place: string) => {
    const inner = randomBytes(32)
    return Buffer.concat([wrap(inner), encrypt(inner, Buffer.from(plain), place)])
  }
  const open = (sealed: Buffer, place: string) => {
    if (sealed[0] === ENVELOPE) return decrypt(unwrap(sealed), sealed.subarray(HEAD_BYTES), place).toString('utf8')
    if (sealed[0] === DIRECT) return openDirect(keys, sealed.subarray(1), place)
    throw new Error('A sealed value has an unknown version.')
  }
  return {
    seal,
    open,
    digest: (purpose, value) => createHmac('sha256', digestKey).update(`${purpose}\0${value}`).digest(),
    rewrap: (sealed, place) => {
      if (sealed.subarray(0, head.length).equals(head)) return undefined
      if (sealed[0] === DIRECT) return seal(open(sealed, place), place)
      return Buffer.concat([wrap(unwrap(sealed)), sealed.subarray(HEAD_BYTES)])
    },
    newest: head,
  }
}

/** Nothing in such a value says which key it is under: each is tried. */
function openDirect(keys: readonly Key[], box: Buffer, place: string): string {
  let failure: unknown
  for (const { direct } of keys) {
    try {
      return decrypt(direct, box, place).toString('utf8')
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

/** 256 random bits, base64url: for tokens, states, nonces and cookies. */
export const randomToken = () => randomBytes(32).toString('base64url')

/** How a random token is kept: nothing leads back from it, and 256 bits can't be guessed. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest()
