import { useMessages } from '../messages/use-messages.js'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.js'

/** A form that is on its way. */
export function FormSkeleton() {
  const { hub } = useMessages()
  return (
    <SkeletonGroup label={hub.loadingForm}>
      <Skeleton shape="input" />
      <Skeleton shape="input" />
      <Skeleton shape="input" />
    </SkeletonGroup>
  )
}
