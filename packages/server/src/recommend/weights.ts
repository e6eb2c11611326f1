// What businesses of a kind usually connect, and why. Weights 1–10; written by hand, in the customer's words.

export interface Rule {
  /** Words of the profile that bring it up, lower case. */
  when: readonly string[]
  /** Short, and true of every connector listed. */
  reason: string
  /** `sourceType` → weight. */
  connectors: Readonly<Record<string, number>>
}

export const industryRules: readonly Rule[] = [
  {
    when: ['retail', 'ecommerce', 'e-commerce', 'shop', 'fashion', 'consumer'],
    reason: 'Shops like yours look at orders, products and customers first',
    connectors: {
      shopify: 10,
      woocommerce: 8,
      bigcommerce: 6,
      'adobe-commerce-magento': 6,
      square: 6,
      'amazon-seller-partner': 6,
    },
  },
  {
    when: ['retail', 'ecommerce', 'e-commerce', 'shop', 'marketplace', 'consumer', 'travel', 'hospitality'],
    reason: 'Payments show what you really earned',
    connectors: { stripe: 8, 'paypal-transaction': 7, square: 5, braintree: 4 },
  },
  {
    when: ['saas', 'software', 'technology', 'tech', 'it'],
    reason: 'Subscriptions and revenue of a software business live here',
    connectors: { stripe: 10, chargebee: 6, recurly: 5 },
  },
  {
    when: ['saas', 'software', 'technology', 'tech', 'it', 'media', 'gaming'],
    reason: 'See what people do in your product',
    connectors: {
      mixpanel: 7,
      amplitude: 7,
      posthog: 6,
      'google-analytics-data-api': 6,
      postgres: 8,
      mysql: 5,
      github: 5,
    },
  },
  {
    when: ['finance', 'financial', 'fintech', 'banking', 'insurance', 'accounting'],
    reason: 'Accounts and transactions are where finance starts',
    connectors: { quickbooks: 9, xero: 8, stripe: 7, postgres: 7, snowflake: 6, salesforce: 5 },
  },
  {
    when: ['healthcare', 'health', 'medical', 'pharma', 'education', 'nonprofit', 'government'],
    reason: 'Your records are most likely in a database of your own',
    connectors: { postgres: 9, mysql: 7, mssql: 7, salesforce: 6, 'google-sheets': 6, surveymonkey: 4 },
  },
  {
    when: ['agency', 'marketing', 'advertising', 'media', 'consulting'],
    reason: 'Campaign results in one place',
    connectors: {
      'google-ads': 10,
      'facebook-marketing': 10,
      'google-analytics-data-api': 8,
      'linkedin-ads': 7,
      mailchimp: 6,
    },
  },
  {
    when: ['manufacturing', 'logistics', 'construction', 'energy', 'real estate', 'realestate', 'agriculture'],
    reason: 'Operations data usually sits in databases and sheets',
    connectors: { postgres: 8, mssql: 8, mysql: 7, 'google-sheets': 7, netsuite: 6, salesforce: 5, s3: 5 },
  },
  {
    when: ['professional services', 'services', 'consulting', 'legal', 'recruiting', 'hr'],
    reason: 'Clients and projects are the heart of a service business',
    connectors: { hubspot: 8, salesforce: 7, pipedrive: 6, asana: 6, jira: 5, notion: 5, quickbooks: 6 },
  },
]

export const typeRules: readonly Rule[] = [
  {
    when: ['b2b', 'enterprise', 'wholesale'],
    reason: 'Selling to businesses runs on a CRM',
    connectors: { salesforce: 9, hubspot: 9, pipedrive: 7, intercom: 4, 'linkedin-ads': 3 },
  },
  {
    when: ['b2c', 'd2c', 'dtc', 'consumer'],
    reason: 'Know which campaigns bring customers',
    connectors: { 'google-ads': 7, 'facebook-marketing': 7, klaviyo: 7, mailchimp: 6, shopify: 6 },
  },
  {
    when: ['marketplace', 'platform'],
    reason: 'Both sides of a marketplace meet in payments and support',
    connectors: { stripe: 8, postgres: 7, 'zendesk-support': 6, intercom: 5 },
  },
  {
    when: ['agency'],
    reason: 'Agencies report on their clients’ campaigns',
    connectors: { 'google-ads': 8, 'facebook-marketing': 8, 'google-analytics-data-api': 7, 'google-sheets': 5 },
  },
  {
    when: ['subscription', 'saas'],
    reason: 'Recurring revenue and churn come from billing',
    connectors: { stripe: 8, chargebee: 6, recurly: 5, intercom: 4 },
  },
]

export const sizeRules: Readonly<Record<'small' | 'medium' | 'large', Rule>> = {
  small: {
    when: [],
    reason: 'A quick start for a small team',
    connectors: { 'google-sheets': 5, stripe: 3, hubspot: 3, mailchimp: 3, shopify: 2, notion: 2, quickbooks: 3 },
  },
  medium: {
    when: [],
    reason: 'Growing teams tend to need it next',
    connectors: { hubspot: 3, postgres: 3, slack: 2, 'zendesk-support': 3, salesforce: 2, jira: 2 },
  },
  large: {
    when: [],
    reason: 'At your size data is kept in warehouses and big systems',
    connectors: { salesforce: 5, snowflake: 5, bigquery: 4, redshift: 3, netsuite: 3, postgres: 3, mssql: 3, s3: 3 },
  },
}

/** For whoever matches nothing: what nearly everybody has. */
export const everybody: Rule = {
  when: [],
  reason: 'A good place to start for most businesses',
  connectors: {
    postgres: 2,
    'google-sheets': 2,
    stripe: 2,
    hubspot: 2,
    salesforce: 1.5,
    shopify: 1,
    mysql: 1,
    'acme-crm': 1,
    'sample-data': 0.5,
  },
}
