// Runs in the browser: mounts one form, ours or rjsf's, types one character into it, and says how long each took.
import { ConnectorForm } from '@opsai/react'
import RjsfForm from '@rjsf/core'
import rjsfValidator from '@rjsf/validator-ajv8'
import { Component } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

class Boundary extends Component {
  state = {}
  static getDerivedStateFromError = (error) => ({ error })
  componentDidCatch(error) {
    this.props.onCrash(error)
  }
  render() {
    return this.state.error === undefined ? this.props.children : null
  }
}

const elements = {
  ours: (spec) => <ConnectorForm spec={spec} name="Bench" onSubmit={() => {}} />,
  rjsf: (spec) => <RjsfForm schema={spec.connectionSpecification} validator={rjsfValidator} />,
  rjsfLive: (spec) => (
    <RjsfForm schema={spec.connectionSpecification} validator={rjsfValidator} liveValidate="onChange" />
  ),
}
const textField = 'input:is([type=text], [type=password], :not([type])):enabled, textarea:enabled'
/** Where a spec's own fields begin: our form has the name of the connection above them. */
const fieldsOf = { ours: '[data-part=field]', rjsf: '.rjsf-field', rjsfLive: '.rjsf-field' }

/** Milliseconds until the work is in the page (`script`) and laid out, too (`whole`). */
function timed(work) {
  const started = performance.now()
  flushSync(work)
  const script = performance.now() - started
  document.body.getBoundingClientRect()
  return { script, whole: performance.now() - started }
}

const setText = (element, text) => {
  const prototype = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value').set.call(element, text)
}

/** One form, mounted, typed into and taken away again. */
window.measureForm = function measureForm(kind, spec) {
  const container = document.body.appendChild(document.createElement('main'))
  container.className = 'opsai-root'
  const root = createRoot(container, { onCaughtError: () => {}, onUncaughtError: () => {} })
  let crash
  try {
    const element = elements[kind](structuredClone(spec))
    const render = timed(() => root.render(<Boundary onCrash={(error) => (crash = error)}>{element}</Boundary>))
    const controls = container.querySelectorAll('input, select, textarea').length
    const input = [...container.querySelectorAll(fieldsOf[kind])].flatMap((field) => [
      ...field.querySelectorAll(textField),
    ])[0]
    input?.focus()
    const press = () => {
      setText(input, `${input.value}x`)
      input.dispatchEvent(new InputEvent('input', { bubbles: true, data: 'x', inputType: 'insertText' }))
    }
    const keystroke = input === undefined || crash !== undefined ? undefined : timed(press)
    return crash === undefined ? { render, keystroke, controls } : { crash: String(crash?.message ?? crash) }
  } catch (error) {
    return { crash: String(error?.message ?? error) }
  } finally {
    flushSync(() => root.unmount())
    container.remove()
  }
}
