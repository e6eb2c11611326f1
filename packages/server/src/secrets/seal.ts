// What the proxy must keep but nobody may read in a dump of its database.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const VERSION = 1

export interface Sealer {
  /** Encrypts for one place (`tenant|row|field`): moved to another place it can't be opened. */
  seal(plain: string, place: string): Buffer
  /** @throws when the key is another, or the bytes were changed or moved. */
  open(sealed: Buffer, place: string): string
  /** A keyed digest: equal inputs are seen to be equal, and nothing can be guessed from it. */
  digest(purpose: string, value: string): Buffer
}

/**
 * AES-256-GCM with the place as additional data, and HMAC-SHA-256, both under keys derived from one.
 *
 * @param encryptionKey 32 bytes, base64
 */
export function createSealer(encryptionKey: string): Sealer {
  const master = Buffer.from(encryptionKey, 'base64')
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, '', `opsai/${purpose}`, 32))
  const sealKey = derive('seal')
  const digestKey = derive('digest')
  return {
    seal(plain, place) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body])
    },
    open(sealed, place) {
      if (sealed[0] !== VERSION) throw new Error('A sealed value has an unknown version.')
      const decipher = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(1, 13)).setAAD(Buffer.from(place))
      decipher.setAuthTag(sealed.subarray(13, 29))
      return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8')
    },
    digest: (purpose, value) => createHmac('sha256', digestKey).update(`${purpose}\0${value}`).digest(),
  }
}

/** 256 random bits, base64url: for tokens, states, nonces and cookies. */
export const randomToken = () => randomBytes(32).toString('base64url')

/** How a random token is kept: nothing leads back from it, and 256 bits can't be guessed. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest()
