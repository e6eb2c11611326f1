// What made-up records are made of.

export const firstNames = [
  'Zoë',
  'José',
  'Aïcha',
  'Łukasz',
  'Mei',
  'Ngọc',
  'Søren',
  'Анна',
  'Priya',
  'Noah',
  'さくら',
  'Mía',
  'Kwame',
  'Elif',
] as const
export const lastNames = [
  'Okafor',
  'García',
  'Müller',
  'Nguyễn',
  "O'Brien",
  'Иванова',
  '田中',
  'Smith',
  'Çelik',
  'de la Cruz',
  'Kaya',
  'Novák',
] as const
export const jobTitles = [
  'Head of Operations',
  'CTO',
  'Buyer',
  'Account Manager',
  'VP Sales, EMEA',
  'Data “Person”',
  'Founder',
] as const
export const owners = ['ada@acme.test', 'grace@acme.test'] as const
export const tags = ['newsletter', 'event-2025', 'vip', 'needs, attention', 'français'] as const
export const industries = [
  'Logistics',
  'Retail',
  'Software',
  'Healthcare',
  'Manufacturing',
  'Hospitality',
  'Education',
] as const
export const currencies = ['GBP', 'EUR', 'USD', 'JPY'] as const
export const companyFirst = [
  'Northwind',
  'Contoso',
  'Harbour',
  'Blue Fern',
  'Øresund',
  'Kestrel',
  'Old Mill',
  'Lumen',
  'São Bento',
  'Alder',
] as const
export const companySecond = [
  'Logistics',
  'Foods',
  'Labs',
  'Energy',
  'Textiles',
  'Robotics',
  'Clinics',
  'Studio',
] as const
export const dealKinds = ['2026 renewal', 'new fleet', 'pilot', 'expansion', 'support plan'] as const
export const lostReasons = ['price', 'no budget', 'chose another vendor', 'went quiet'] as const
export const streets = ['Harbour Street', 'Rue de l’Église', 'Main St.', 'Königsallee', 'Mill Lane'] as const

export const cities = [
  { city: 'Bristol', country: 'GB', latitude: 51.4545, longitude: -2.5879 },
  { city: 'Köln', country: 'DE', latitude: 50.9375, longitude: 6.9603 },
  { city: 'Lyon', country: 'FR', latitude: 45.764, longitude: 4.8357 },
  { city: 'Đà Nẵng', country: 'VN', latitude: 16.0544, longitude: 108.2022 },
  { city: 'São Paulo', country: 'BR', latitude: -23.5505, longitude: -46.6333 },
  { city: 'Portland', country: 'US', latitude: 45.5152, longitude: -122.6784 },
] as const

export const products = [
  { sku: 'FLEET-200', description: 'Fleet plan, 200 vehicles' },
  { sku: 'SEAT-1', description: 'One more seat' },
  { sku: 'ONB-8', description: 'Onboarding, 8 hours' },
  { sku: 'SLA-24', description: '24/7 support' },
  { sku: 'API-1M', description: 'API pack, 1 M calls' },
] as const
