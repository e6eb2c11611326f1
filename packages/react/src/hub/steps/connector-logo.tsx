import { Logo } from '../../ui/logo.js'
import { useConnectorsByType } from '../../queries/connector.js'

/** A connector as far as it is known yet: its name, or its short name until then. */
export function useConnectorLook(sourceType: string) {
  const connector = useConnectorsByType([sourceType]).get(sourceType)
  const name = connector?.name ?? sourceType
  return { name, logo: <Logo name={name} size={40} {...(connector?.iconUrl && { iconUrl: connector.iconUrl })} /> }
}
