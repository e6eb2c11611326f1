// A process that ends without stopping its PostgreSQL still asks it to stop; one listener serves them all.
import { sendSignal } from './postmaster.js'

const running = new Set<number>()

/** Asks `pid` to shut down when this process exits; call the answer once it has been stopped. */
export function stopOnExit(pid: number): () => void {
  if (running.size === 0) process.on('exit', stopAll)
  running.add(pid)
  return () => {
    running.delete(pid)
    if (running.size === 0) process.off('exit', stopAll)
  }
}

function stopAll(): void {
  for (const pid of running) sendSignal(pid, 'SIGINT')
}
