import { Command } from 'commander'
import { vi } from 'vitest'

/** Types a command, and answers what it prints. @param add what brings the command */
export const typing =
  (add: (program: Command) => void) =>
  async (...args: string[]): Promise<string> => {
    const lines: string[] = []
    const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
    const program = new Command('opsai').exitOverride()
    add(program)
    await program.parseAsync(args, { from: 'user' }).finally(() => log.mockRestore())
    return lines.join('\n')
  }
