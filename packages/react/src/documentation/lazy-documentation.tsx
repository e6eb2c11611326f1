import { Component, lazy, type ReactNode, Suspense } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.js'
import type { DocumentationProps } from './documentation.js'

const Documentation = lazy(() => import('./documentation.js').then((loaded) => ({ default: loaded.Documentation })))

/** The guide, its code fetched when it is first shown. */
export function LazyDocumentation(props: DocumentationProps) {
  const { hub } = useMessages()
  return (
    <Unless failed={<p className="opsai-guide-text">{hub.guideFailed}</p>}>
      <Suspense
        fallback={
          <SkeletonGroup label={hub.guideLoading}>
            <Skeleton />
            <Skeleton />
            <Skeleton />
          </SkeletonGroup>
        }
      >
        <Documentation {...props} />
      </Suspense>
    </Unless>
  )
}

/** A guide that can't be fetched or read must not take the form beside it along. Only a class can catch that. */
class Unless extends Component<{ failed: ReactNode; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }
  static getDerivedStateFromError = () => ({ hasFailed: true })
  override render() {
    return this.state.hasFailed ? this.props.failed : this.props.children
  }
}
