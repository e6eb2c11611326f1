// What a tenant's app asks first: who sends mail, who takes money, where customers are kept. From what is connected.

/** Kinds of tools an app can build on, and the connectors that are one, by their `sourceType`. */
const providers = {
  EMAIL_PROVIDER: [
    'sendgrid',
    'mailchimp',
    'mailgun',
    'mailjet-mail',
    'mailersend',
    'postmarkapp',
    'brevo',
    'sendinblue',
    'klaviyo',
    'customer-io',
    'activecampaign',
    'convertkit',
    'iterable',
    'mailerlite',
    'braze',
    'marketo',
  ],
  CRM_PROVIDER: ['hubspot', 'salesforce', 'pipedrive', 'zoho-crm', 'close-com', 'copper', 'freshsales', 'acme-crm'],
  PAYMENT_PROVIDER: [
    'stripe',
    'paypal-transaction',
    'square',
    'braintree',
    'chargebee',
    'recurly',
    'razorpay',
    'gocardless',
  ],
  SHOP_PROVIDER: [
    'shopify',
    'woocommerce',
    'bigcommerce',
    'amazon-seller-partner',
    'adobe-commerce-magento',
    'square-online',
    'prestashop',
  ],
  SUPPORT_PROVIDER: ['zendesk-support', 'intercom', 'freshdesk', 'gorgias', 'front', 'help-scout'],
  CHAT_PROVIDER: ['slack', 'microsoft-teams', 'zendesk-chat', 'discord'],
  ANALYTICS_PROVIDER: ['google-analytics-data-api', 'mixpanel', 'amplitude', 'posthog', 'matomo', 'heap'],
  ADS_PROVIDER: [
    'google-ads',
    'facebook-marketing',
    'linkedin-ads',
    'tiktok-marketing',
    'bing-ads',
    'snapchat-marketing',
  ],
  ISSUES_PROVIDER: ['jira', 'linear', 'github', 'gitlab', 'asana', 'monday', 'clickup-api', 'trello'],
  ACCOUNTING_PROVIDER: ['quickbooks', 'xero', 'netsuite', 'freshbooks', 'zoho-books'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ProviderName = keyof typeof providers
export const providerNames = Object.keys(providers) as ProviderName[]

/**
 * `EMAIL_PROVIDER` and its like: of each kind the connector that was connected first.
 *
 * @param sourceTypes in the order they were connected
 * @example
 * toProviders(['stripe', 'sendgrid', 'mailchimp']) // { EMAIL_PROVIDER: 'sendgrid', PAYMENT_PROVIDER: 'stripe' }
 */
export function toProviders(sourceTypes: readonly string[]): Partial<Record<ProviderName, string>> {
  const found = providerNames.flatMap((name) => {
    const first = sourceTypes.find((sourceType) => (providers[name] as readonly string[]).includes(sourceType))
    return first ? [[name, first] as const] : []
  })
  return Object.fromEntries(found)
}
