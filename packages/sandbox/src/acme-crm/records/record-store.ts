// All records of the CRM, and time passing in it.
import { acmeCrm, type RecordType } from '../facts.js'
import { changeCompany, changeContact, changeDeal } from './change-records.js'
import { makeCompany, makeContact, makeDeal, type Place } from './make-records.js'
import { createRandom } from './random.js'
import { createRecordList, type RecordList } from './record-list.js'
import type { RecordBase, RecordOf } from './records.js'

/** One thing that happened to a record. */
export interface RecordChange {
  type: RecordType
  id: string
  change: 'inserted' | 'updated'
}

export interface RecordStore {
  list(type: RecordType): RecordList<RecordBase>
  /** Inserts or updates that many records, each later than anything before it. */
  change(count: number): RecordChange[]
}

export interface RecordStoreOptions {
  seed: number
  counts: Record<RecordType, number>
  now: () => number
}

type Lists = { [Type in RecordType]: RecordList<RecordOf[Type]> }

export function createRecordStore({ seed, counts, now }: RecordStoreOptions): RecordStore {
  const place = (n: number): Place => ({ seed, n, companies: counts.companies, contacts: counts.contacts })
  const make = <Item extends RecordBase>(count: number, one: (place: Place) => Item) =>
    createRecordList(Array.from({ length: count }, (_, n) => one(place(n))))
  const lists: Lists = {
    contacts: make(counts.contacts, makeContact),
    companies: make(counts.companies, makeCompany),
    deals: make(counts.deals, makeDeal),
  }
  const random = createRandom(`${seed}/changes`)
  let latest = Math.max(...acmeCrm.recordTypes.map((type) => Date.parse(newest(lists[type]))))

  // Strictly later each time, so that no change hides behind a cursor that stands at its moment.
  function tick(): string {
    latest = Math.max(now(), latest + 1)
    return new Date(latest).toISOString()
  }

  function changeOne(): RecordChange {
    const type = random.pick(['contacts', 'contacts', 'contacts', 'deals', 'deals', 'companies'])
    const at = tick()
    switch (type) {
      case 'contacts':
        return changeIn(lists.contacts, type, makeContact, changeContact, at)
      case 'companies':
        return changeIn(lists.companies, type, makeCompany, changeCompany, at)
      case 'deals':
        return changeIn(lists.deals, type, makeDeal, changeDeal, at)
    }
  }

  function changeIn<Item extends RecordBase>(
    list: RecordList<Item>,
    type: RecordType,
    makeOne: (place: Place) => Item,
    changed: (item: Item, chance: typeof random, at: string) => Item,
    at: string,
  ): RecordChange {
    const existing = random.chance(0.2) ? undefined : list.at(random.between(0, list.size - 1))
    const item = existing ? changed(existing, random, at) : makeOne({ ...place(list.size), bornAt: at })
    list.put(item)
    return { type, id: item.id, change: existing ? 'updated' : 'inserted' }
  }

  return {
    list: (type) => lists[type] as RecordList<RecordBase>,
    change: (count) => Array.from({ length: count }, changeOne),
  }
}

function newest(list: RecordList<RecordBase>): string {
  return list.at(list.size - 1)?.updatedAt ?? new Date(0).toISOString()
}
