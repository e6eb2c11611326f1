import { createHash } from 'node:crypto'
import type { Connector } from '../connector/connector.js'

/** A connector like another, of another name and id, whose sign-in is declared otherwise. */
export function redeclare(connector: Connector, name: string, declaration: Record<string, unknown>): Connector {
  const { advanced_auth: auth } = connector.spec
  if (!auth) throw new Error(`${connector.name} has no sign-in.`)
  const specification = auth.oauth_config_specification
  return {
    ...connector,
    name,
    sourceType: name,
    definitionId: toUuid(name),
    spec: {
      ...connector.spec,
      advanced_auth: {
        ...auth,
        oauth_config_specification: {
          ...specification,
          oauth_connector_input_specification: {
            ...specification.oauth_connector_input_specification,
            ...declaration,
          },
        },
      },
    },
  }
}

const toUuid = (name: string) =>
  createHash('sha256')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
