// The shapes of Acme CRM's records, as its API sends them (README).

export interface RecordBase {
  id: string
  createdAt: string
  updatedAt: string
}

export interface Address {
  street: string
  city: string
  postalCode: string
  country: string
  location: { latitude: number; longitude: number } | null
}

export interface Contact extends RecordBase {
  firstName: string
  lastName: string
  email: string
  phone: string | null
  jobTitle: string | null
  companyId: string | null
  ownerEmail: string
  lifecycleStage: 'subscriber' | 'lead' | 'opportunity' | 'customer'
  score: number
  subscribed: boolean
  birthDate: string | null
  lastContactedAt: string | null
  tags: string[]
  address: Address | null
}

export interface Company extends RecordBase {
  name: string
  domain: string
  industry: string
  employees: number | null
  annualRevenue: number | null
  currency: string
  foundedOn: string | null
  isPartner: boolean
  phones: string[]
  address: Address | null
  customFields: Record<string, string | number | boolean | null>
}

export interface LineItem {
  sku: string
  description: string
  quantity: number
  unitPrice: number
  discount: number | null
}

export interface Deal extends RecordBase {
  title: string
  companyId: string
  contactIds: string[]
  ownerEmail: string
  stage: 'qualification' | 'proposal' | 'negotiation' | 'won' | 'lost'
  amount: number | null
  currency: string
  probability: number
  expectedCloseDate: string | null
  closedAt: string | null
  lostReason: string | null
  lineItems: LineItem[]
}

/** Each record type's record. */
export interface RecordOf {
  contacts: Contact
  companies: Company
  deals: Deal
}
