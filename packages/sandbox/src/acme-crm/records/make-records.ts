// Believable records: the nth of a kind is the same for the same seed, every time.
import { createRandom, toUuid, type Random } from './random.js'
import {
  companyDomain,
  companyName,
  earliest,
  latest,
  makeAddress,
  makeMoments,
  phoneNumber,
  toDate,
  toLetters,
} from './record-parts.js'
import type { Company, Contact, Deal, LineItem } from './records.js'
import * as words from './words.js'

/** Where a record stands among its kind. */
export interface Place {
  seed: number
  /** From 0. */
  n: number
  /** Given to a record born now; others were born in the years before. */
  bornAt?: string
  /** How many companies and contacts there are to refer to. */
  companies: number
  contacts: number
}

const contactId = (seed: number, n: number) => toUuid(`${seed}/contact/${n}`)
const companyId = (seed: number, n: number) => toUuid(`${seed}/company/${n}`)
const dealId = (seed: number, n: number) => toUuid(`${seed}/deal/${n}`)

export function makeContact({ seed, n, bornAt, companies }: Place): Contact {
  const random = createRandom(`${seed}/contact/${n}`)
  const firstName = random.pick(words.firstNames)
  const lastName = random.pick(words.lastNames)
  const employer = random.chance(0.9) ? random.between(0, companies - 1) : undefined
  const domain = employer === undefined ? 'mail.example' : companyDomain(seed, employer)
  return {
    id: contactId(seed, n),
    ...makeMoments(random, bornAt),
    firstName,
    lastName,
    email: `${toLetters(firstName)}.${toLetters(lastName)}.${n}@${domain}`,
    phone: random.chance(0.8) ? phoneNumber(random) : null,
    jobTitle: random.chance(0.85) ? random.pick(words.jobTitles) : null,
    companyId: employer === undefined ? null : companyId(seed, employer),
    ownerEmail: random.pick(words.owners),
    lifecycleStage: random.pick(['subscriber', 'lead', 'opportunity', 'customer']),
    score: random.between(0, 100),
    subscribed: random.chance(0.6),
    birthDate: random.chance(0.4)
      ? toDate(Date.UTC(random.between(1950, 2004), random.between(0, 11), random.between(1, 28)))
      : null,
    lastContactedAt: random.chance(0.7) ? new Date(random.between(earliest, latest)).toISOString() : null,
    tags: words.tags.filter(() => random.chance(0.25)),
    address: random.chance(0.8) ? makeAddress(random) : null,
  }
}

export function makeCompany({ seed, n, bornAt }: Place): Company {
  const random = createRandom(`${seed}/company/${n}`)
  return {
    id: companyId(seed, n),
    ...makeMoments(random, bornAt),
    name: companyName(seed, n),
    domain: companyDomain(seed, n),
    industry: random.pick(words.industries),
    employees: random.chance(0.85) ? random.between(2, 4_000) : null,
    annualRevenue: random.chance(0.7) ? random.between(100, 90_000) * 1_000 + random.between(0, 99) / 100 : null,
    currency: random.pick(words.currencies),
    foundedOn: random.chance(0.75) ? toDate(Date.UTC(random.between(1920, 2022), random.between(0, 11), 1)) : null,
    isPartner: random.chance(0.1),
    phones: Array.from({ length: random.between(0, 3) }, () => phoneNumber(random)),
    address: random.chance(0.9) ? makeAddress(random) : null,
    customFields: {
      region: random.pick(['EMEA', 'AMER', 'APAC']),
      tier: random.chance(0.8) ? random.pick(['gold', 'silver', 'bronze']) : null,
      sla_hours: random.pick([4, 8, 24]),
      'signed NDA': random.chance(0.5),
    },
  }
}

export function makeDeal({ seed, n, bornAt, companies, contacts }: Place): Deal {
  const random = createRandom(`${seed}/deal/${n}`)
  const buyer = random.between(0, companies - 1)
  const stage = random.pick(['qualification', 'proposal', 'negotiation', 'won', 'lost'])
  const lineItems = Array.from({ length: random.between(0, 4) }, () => makeLineItem(random))
  const moments = makeMoments(random, bornAt)
  return {
    id: dealId(seed, n),
    ...moments,
    title: `${companyName(seed, buyer)} – ${random.pick(words.dealKinds)}`,
    companyId: companyId(seed, buyer),
    contactIds: Array.from({ length: random.between(0, 3) }, () => contactId(seed, random.between(0, contacts - 1))),
    ownerEmail: random.pick(words.owners),
    stage,
    amount: lineItems.length === 0 ? null : totalOf(lineItems),
    currency: random.pick(words.currencies),
    probability: probabilityOf[stage],
    expectedCloseDate: random.chance(0.8) ? toDate(latest + random.between(1, 200) * 86_400_000) : null,
    closedAt: stage === 'won' || stage === 'lost' ? moments.updatedAt : null,
    lostReason: stage === 'lost' ? random.pick(words.lostReasons) : null,
    lineItems,
  }
}

/** How likely a deal is to be won at each stage. */
export const probabilityOf: Record<Deal['stage'], number> = {
  qualification: 0.1,
  proposal: 0.3,
  negotiation: 0.6,
  won: 1,
  lost: 0,
}

function makeLineItem(random: Random): LineItem {
  const product = random.pick(words.products)
  const discount = random.chance(0.3) ? random.pick([0.05, 0.1, 0.125, 0.2]) : null
  return {
    ...product,
    quantity: random.between(1, 12),
    unitPrice: random.between(900, 99_999) / 100,
    discount,
  }
}

function totalOf(items: LineItem[]): number {
  const total = items.reduce(
    (sum, { quantity, unitPrice, discount }) => sum + quantity * unitPrice * (1 - (discount ?? 0)),
    0,
  )
  return Math.round(total * 100) / 100
}
