import { evaluate, isTrue, type Scope, type Value } from './evaluate.js'
import type { Template } from './template.js'

/** A rendered text in its parts, as who wrote what decides where it may stand. Values are not read as templates again. */
export function renderPieces(template: Template, scope: Scope): Value[] {
  return template.flatMap((piece): Value[] => {
    if (piece.kind === 'text') return [{ text: piece.text, origin: 'spec', isEncoded: true }]
    if (piece.kind === 'value') return [evaluate(piece.expression, scope)]
    return renderPieces(isTrue(piece.condition, scope) ? piece.then : piece.otherwise, scope)
  })
}

/** For bodies and headers, which do their own encoding. */
export const renderText = (template: Template, scope: Scope): string =>
  renderPieces(template, scope)
    .map(({ text }) => text)
    .join('')
