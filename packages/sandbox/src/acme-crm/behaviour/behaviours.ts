// Which behaviour holds for which client, now.
import type { OAuthClient } from '../options.js'
import { parseBasic } from '../oauth/client-authentication.js'
import { usualBehaviour, type Behaviour } from './behaviour.js'

/** Who seems to be asking, and how it is treated; not yet known to be who it says. */
export interface Treatment {
  clientId?: string
  behaviour: Behaviour
}

export interface Behaviours {
  /** What holds for a client; without one, for all that have none of their own. */
  of(clientId?: string): Behaviour
  /** By the client id in the parameters, under whatever name that client must send it, or in a Basic header. */
  ofRequest(parameters: URLSearchParams, authorization?: string): Treatment
  /** The fault of this token request, counting down where there are only so many. */
  takeTokenFault(treatment: Treatment, grantType: string | undefined): Behaviour['tokenFault']
  /** Replaces what was set for the client, or for all; switches left out are as for all, or as usual. */
  set(behaviour: Partial<Behaviour>, clientId?: string): void
  /** Back to how it was started. */
  reset(): void
}

export interface BehavioursOptions {
  clients: OAuthClient[]
  behaviour: Partial<Behaviour>
  accessTokenSeconds: number
}

export function createBehaviours({ clients, behaviour, accessTokenSeconds }: BehavioursOptions): Behaviours {
  let forAll = behaviour
  const ofClients = new Map<string, Partial<Behaviour>>()
  const faultsTaken = new Map<string | undefined, number>()

  function reset(): void {
    forAll = behaviour
    ofClients.clear()
    for (const client of clients) if (client.behaviour) ofClients.set(client.clientId, client.behaviour)
    faultsTaken.clear()
  }

  const of = (clientId?: string): Behaviour => ({
    ...usualBehaviour,
    accessTokenSeconds,
    ...forAll,
    ...(clientId !== undefined && ofClients.get(clientId)),
  })

  reset()
  return {
    of,
    ofRequest(parameters, authorization) {
      const byHeader = authorization === undefined ? undefined : parseBasic(authorization)?.id
      const client = clients.find(({ clientId }) => {
        if (byHeader !== undefined) return byHeader === clientId
        return parameters.get(of(clientId).names.client_id ?? 'client_id') === clientId
      })
      return client ? { clientId: client.clientId, behaviour: of(client.clientId) } : { behaviour: of() }
    },
    takeTokenFault({ clientId, behaviour: { tokenFault, tokenFaultFor, tokenFaultTimes } }, grantType) {
      if (tokenFaultFor !== 'any' && tokenFaultFor !== grantType) return 'none'
      const taken = faultsTaken.get(clientId) ?? 0
      if (tokenFaultTimes > 0 && taken >= tokenFaultTimes) return 'none'
      faultsTaken.set(clientId, taken + 1)
      return tokenFault
    },
    set(given, clientId) {
      if (clientId === undefined) {
        forAll = given
        faultsTaken.clear()
      } else {
        ofClients.set(clientId, given)
        faultsTaken.delete(clientId)
      }
    },
    reset,
  }
}
