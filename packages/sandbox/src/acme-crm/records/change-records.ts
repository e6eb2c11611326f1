// Life going on in the CRM: what a change does to a record.
import type { Random } from './random.js'
import { probabilityOf } from './make-records.js'
import type { Company, Contact, Deal } from './records.js'

export function changeContact(contact: Contact, random: Random, updatedAt: string): Contact {
  const next = {
    subscriber: 'lead',
    lead: 'opportunity',
    opportunity: 'customer',
    customer: 'customer',
  } as const
  return {
    ...contact,
    updatedAt,
    score: Math.min(100, contact.score + random.between(1, 10)),
    lifecycleStage: random.chance(0.4) ? next[contact.lifecycleStage] : contact.lifecycleStage,
    lastContactedAt: updatedAt,
  }
}

export function changeCompany(company: Company, random: Random, updatedAt: string): Company {
  return {
    ...company,
    updatedAt,
    employees: (company.employees ?? 0) + random.between(1, 9),
    isPartner: random.chance(0.5),
  }
}

export function changeDeal(deal: Deal, random: Random, updatedAt: string): Deal {
  const next = {
    qualification: 'proposal',
    proposal: 'negotiation',
    negotiation: random.chance(0.6) ? 'won' : 'lost',
    won: 'won',
    lost: 'qualification',
  } as const
  const stage = next[deal.stage]
  const isClosed = stage === 'won' || stage === 'lost'
  return {
    ...deal,
    updatedAt,
    stage,
    probability: probabilityOf[stage],
    closedAt: isClosed ? (deal.closedAt ?? updatedAt) : null,
    lostReason: stage === 'lost' ? 'price' : null,
  }
}
