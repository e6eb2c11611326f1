// The specs that are hardest to show: those of the registry where somebody has it, and stand-ins for those it lacks.
import { type CorpusSpec, readHardest } from './corpus.js'
import { everyKind } from './own-specs.js'
import { standIns } from './stand-ins.js'

/** 25 of them with the registry, the stand-ins without. */
export const readHard = (): CorpusSpec[] => [...standIns, ...readHardest()]

export const own: CorpusSpec = { name: 'every-kind', spec: everyKind }
