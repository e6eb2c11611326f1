// Each situation a sign-in can get into is played in real browsers by a story whose title names its number.
import { checkNumberedTests } from './numbered-tests.mjs'

checkNumberedTests(
  'situation',
  [
    'windows cut off by a Cross-Origin-Opener-Policy of the host, the provider or both',
    'a window the browser blocks',
    'no handle, and a window all the same',
    'a window the person closes',
    'access denied',
    'errors of the provider and of Airbyte',
    'double clicks and two tabs',
    'the waiting page reloaded',
    'the window reloaded or gone back',
    'sessions that end in between',
    'storage that is partitioned, cookies of third parties off',
    'a page asleep while its window is in front, as on phones',
    'an app’s own browser, which has no windows',
    'a host in a sandboxed frame',
    'the proxy started anew in between',
    'more time than there is',
    'a session that is lost',
    'cancelled, and allowed afterwards',
  ],
  /(^situations|\.spec|\.prove)\.ts$/,
)
