import type { Metadata } from 'next'
import { NotThere } from '../components/not-there'

export const metadata: Metadata = { title: 'Not found' }

export default NotThere
