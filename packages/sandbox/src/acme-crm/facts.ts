/**
 * What a connector needs to know of Acme CRM, as data. The README says the same in words.
 *
 * @example
 * const authorizeUrl = new URL(acmeCrm.paths.authorize, baseUrl)
 */
export const acmeCrm = {
  scopes: ['crm.read'],
  recordTypes: ['contacts', 'companies', 'deals'],
  paths: {
    metadata: '/.well-known/oauth-authorization-server',
    authorize: '/oauth/authorize',
    token: '/oauth/token',
    revoke: '/oauth/revoke',
    me: '/api/v1/me',
    records: '/api/v1',
    changes: '/sandbox/changes',
  },
  /** There only where it was started with `control`. */
  controlPaths: { behaviour: '/sandbox/behaviour', refreshTokens: '/sandbox/refresh-tokens' },
  account: { id: '3c1d7f64-8f0e-4b8e-9f53-9a8a4f0f6a01', name: 'Acme Trading' },
  /** Records a list answers at most, and when it is not told how many. */
  pageSize: { most: 200, usual: 100 },
} as const

/** A kind of record. */
export type RecordType = (typeof acmeCrm.recordTypes)[number]
