// What may not be read from a database dump is sealed: AES-256-GCM, bound to the row it belongs to.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Encrypts and decrypts values for one row each. */
export interface Sealer {
  /** `row` names where it will lie, e.g. `actor:<id>`; it opens nowhere else. */
  seal(value: unknown, row: string): Buffer
  open(sealed: Buffer, row: string): unknown
}

// Layout: version (1) | key id (4) | iv (12) | tag (16) | ciphertext
const version = 1
const head = 1 + 4 + 12 + 16

/** `encryptionKey` is 32 bytes in base64; the error of a wrong one says how to make one. */
export function createSealer(encryptionKey: string): Sealer {
  const key = Buffer.from(encryptionKey, 'base64')
  if (key.length !== 32) {
    throw new Error(
      `The engine's encryption key must be 32 bytes in base64, but it is ${key.length}. Make one: openssl rand -base64 32`,
    )
  }
  const keyId = createHash('sha256').update('opsai engine key id').update(key).digest().subarray(0, 4)

  return {
    seal(value, row) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(row))
      const ciphertext = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version), keyId, iv, cipher.getAuthTag(), ciphertext])
    },
    open(sealed, row) {
      if (sealed[0] !== version || !sealed.subarray(1, 5).equals(keyId)) {
        throw new Error('A stored secret was sealed with another encryption key than the engine has now.')
      }
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(5, 17))
        .setAAD(Buffer.from(row))
        .setAuthTag(sealed.subarray(17, head))
      const plain = Buffer.concat([decipher.update(sealed.subarray(head)), decipher.final()])
      return JSON.parse(plain.toString('utf8'))
    },
  }
}
