// Which request a fault befalls: those that match, after some were left alone, and so many of them.
import type { Asked, Fault } from './fault.js'

type Request = Pick<Asked, 'method' | 'path'>

/** Which requests a fault befalls. */
export interface Aim {
  fault: Fault
  match(asked: Request): boolean
  /** How many of those that match are left alone first. Default 0. */
  skip?: number
  /** How many it befalls then. Default: all. */
  times?: number
}

export interface AimKeeper {
  arm(aim: Aim): void
  lift(): void
  /** The fault this request is to suffer, where it is of one of the kinds. */
  take(kinds: Fault['kind'][], asked: Request): Fault | undefined
}

export function createAim(): AimKeeper {
  let aim: Aim | undefined
  let matched = 0
  return {
    arm: (next) => {
      aim = next
      matched = 0
    },
    lift: () => {
      aim = undefined
    },
    take: (kinds, asked) => {
      if (!aim || !kinds.includes(aim.fault.kind) || !aim.match(asked)) return undefined
      const { skip = 0, times = Infinity } = aim
      matched += 1
      return matched > skip && matched <= skip + times ? aim.fault : undefined
    },
  }
}
