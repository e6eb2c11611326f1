// Where a tenant's files are, made of its slug alone: no text of a customer's or a host's ever becomes part of a place.
import { slugPattern } from '../tenants/names.js'

const isSlug = new RegExp(slugPattern)

/** @throws TypeError where it is no slug of ours: nothing else may become part of a path */
export function assertSlug(slug: string): string {
  if (!isSlug.test(slug)) throw new TypeError('[opsai/server] A place for files is made of a slug.')
  return slug
}

/** What every key of a tenant begins with, in a bucket that all share. */
export const toPrefix = (slug: string) => `${assertSlug(slug)}/`

/** A bucket of the tenant's own: names of buckets know no underscore. */
export const toBucket = (stem: string, slug: string) => `${stem}-${assertSlug(slug).slice(2)}`
