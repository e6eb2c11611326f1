// Every situation a sign-in can get into, in every browser: what the person reads, and that the way on leads to a source.
import { playSituations } from './play-situations.js'
import { situations } from './situations.js'

playSituations(['Chromium', 'Firefox'], situations)
