import ts from 'typescript'

/** A file as the compiler reads it, and what it finds wrong with its grammar. */
export function parseCode(code: string): { file: ts.SourceFile; errors: string[] } {
  const file = ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true)
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: ts.Diagnostic[] }
  return { file, errors: parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')) }
}
