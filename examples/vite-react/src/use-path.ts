import { type MouseEvent, useEffect, useState } from 'react'

/** The page's path, and how to go elsewhere without loading anew. Your router does this for you. */
export function usePath() {
  const [path, setPath] = useState(currentPath)
  useEffect(() => {
    const onPopState = () => setPath(currentPath())
    addEventListener('popstate', onPopState)
    return () => removeEventListener('popstate', onPopState)
  }, [])
  const go = (to: string) => (event?: MouseEvent) => {
    event?.preventDefault()
    history.pushState(null, '', to)
    setPath(to)
  }
  return [path, go] as const
}

const currentPath = () => (location.pathname === '/' ? '/integrations' : location.pathname)
