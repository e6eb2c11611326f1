// Where providers revoke, for those whose tokens many connectors hold and no specification says it: by their token URL.
export const revocationUrls: Readonly<Record<string, string>> = {
  // https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke
  'https://oauth2.googleapis.com/token': 'https://oauth2.googleapis.com/revoke',
  // https://developers.asana.com/docs/oauth#token-deauthorization-endpoint
  'https://app.asana.com/-/oauth_token': 'https://app.asana.com/-/oauth_revoke',
}
