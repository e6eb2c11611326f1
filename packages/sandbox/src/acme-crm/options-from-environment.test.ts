import { expect, it } from 'vitest'
import { optionsFromEnvironment } from './options-from-environment.js'
import { defaultClient } from './options.js'

it('needs nothing', () => {
  expect(optionsFromEnvironment({})).toEqual({ port: 4402, host: '127.0.0.1', clients: [defaultClient] })
})

it('takes everything the README names', () => {
  expect(
    optionsFromEnvironment({
      PORT: '5002',
      HOST: '0.0.0.0',
      ACME_CRM_CLIENT_ID: 'hub',
      ACME_CRM_CLIENT_SECRET: 's',
      ACME_CRM_CLIENT_NAME: 'Hub',
      ACME_CRM_REDIRECT_URIS: 'http://localhost:1/a  http://localhost:2/b ',
      ACME_CRM_API_KEYS: 'acme_key_one acme_key_two',
      ACME_CRM_STATE_FILE: '/tmp/state.json',
      ACME_CRM_CHANGE_EVERY_SECONDS: '30',
      ACME_CRM_BEHAVIOUR: '{"openerPolicy": "same-origin", "names": {"code": "auth_code"}}',
      ACME_CRM_CONTROL: '1',
    }),
  ).toEqual({
    port: 5002,
    host: '0.0.0.0',
    clients: [
      {
        clientId: 'hub',
        clientSecret: 's',
        name: 'Hub',
        redirectUris: ['http://localhost:1/a', 'http://localhost:2/b'],
      },
    ],
    apiKeys: ['acme_key_one', 'acme_key_two'],
    stateFile: '/tmp/state.json',
    changeEverySeconds: 30,
    behaviour: { openerPolicy: 'same-origin', names: { code: 'auth_code' } },
    control: true,
  })
})

it('names every variable that is wrong', () => {
  const start = () => optionsFromEnvironment({ PORT: 'x', ACME_CRM_API_KEYS: 'k', ACME_CRM_REDIRECT_URIS: 'y' })
  for (const name of ['PORT', 'ACME_CRM_API_KEYS', 'ACME_CRM_REDIRECT_URIS']) expect(start).toThrow(name)
})

it.each(['{', '[]', '{"openerPolicy": "no"}', '{"opener": 1}', '{"names": {"nonce": "n"}}'])(
  'does not start with the behaviour %s',
  (text) => expect(() => optionsFromEnvironment({ ACME_CRM_BEHAVIOUR: text })).toThrow('ACME_CRM_BEHAVIOUR'),
)
