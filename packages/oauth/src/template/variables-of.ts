import type { Condition, Expression, FilterName, Template } from './template.js'

/** Every name a template may ask for, in either branch of an if. */
export function variablesOf(template: Template): string[] {
  return template.flatMap((piece) => {
    if (piece.kind === 'text') return []
    if (piece.kind === 'value') return namesIn(piece.expression)
    return [...namesInCondition(piece.condition), ...variablesOf(piece.then), ...variablesOf(piece.otherwise)]
  })
}

/** Whether a value anywhere in it goes through a filter. */
export function usesFilter(template: Template, filter: FilterName): boolean {
  return template.some((piece) => {
    if (piece.kind === 'text') return false
    if (piece.kind === 'value') return hasFilter(piece.expression, filter)
    return usesFilter(piece.then, filter) || usesFilter(piece.otherwise, filter)
  })
}

function namesIn(expression: Expression): string[] {
  if (expression.kind === 'variable') return [expression.name]
  return childrenOf(expression).flatMap(namesIn)
}

function namesInCondition(condition: Condition): string[] {
  if (condition.kind === 'not') return namesInCondition(condition.of)
  if (condition.kind === 'truth') return namesIn(condition.of)
  return [...namesIn(condition.left), ...namesIn(condition.right)]
}

function hasFilter(expression: Expression, filter: FilterName): boolean {
  if (expression.kind === 'filter' && expression.filter === filter) return true
  return childrenOf(expression).some((child) => hasFilter(child, filter))
}

function childrenOf(expression: Expression): Expression[] {
  if (expression.kind === 'join') return expression.parts
  if (expression.kind === 'choice') return [expression.key]
  if (expression.kind === 'filter') return [expression.of]
  return []
}
