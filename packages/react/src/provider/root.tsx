import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { type Appearance, toCssVariables } from './appearance.js'

/** The element all our styles hang on. Variables are set through the CSSOM, which a strict CSP allows where style attributes are not. */
export function Root({ appearance, children }: { appearance: Appearance; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  const variables = JSON.stringify(toCssVariables(appearance))
  useLayoutEffect(() => {
    const style = ref.current?.style
    const entries = JSON.parse(variables) as [string, string][]
    for (const [name, value] of entries) style?.setProperty(name, value)
    return () => {
      for (const [name] of entries) style?.removeProperty(name)
    }
  }, [variables])
  return (
    <div ref={ref} className="opsai-root" data-opsai-theme={appearance.theme ?? 'system'}>
      {children}
    </div>
  )
}
