-- A tenant's schema as syncs leave it, with some rows in it: what generated/ here was made from.
-- psql "$DATABASE_URL" -f sample/sample.sql, then DATABASE_SCHEMA=tenant_sample and the flags of env.example.
DROP SCHEMA IF EXISTS tenant_sample CASCADE;
CREATE SCHEMA tenant_sample;
SET search_path = tenant_sample;
SELECT setseed(0.25);

CREATE TABLE acme_crm_companies (
  _airbyte_raw_id varchar NOT NULL, _airbyte_extracted_at timestamptz NOT NULL, _airbyte_meta jsonb NOT NULL, _airbyte_generation_id bigint NOT NULL,
  id varchar, "createdAt" timestamptz, "updatedAt" timestamptz, name varchar, domain varchar, industry varchar, employees bigint,
  "annualRevenue" decimal, currency varchar, "foundedOn" date, "isPartner" boolean, phones jsonb, address jsonb, "customFields" jsonb);
INSERT INTO acme_crm_companies
SELECT gen_random_uuid(), now() - n * interval '1 minute', '{"sync_id":1,"changes":[]}', 1,
  'co_' || lpad(n::text, 4, '0'), now() - (40 - n) * interval '9 days', now() - n * interval '7 hours',
  (ARRAY['Northwind','Globex','Initech','Umbra','Hooli','Vandelay','Wonka','Stark'])[1 + n % 8] || ' ' || n,
  'company' || n || '.example', (ARRAY['Software','Retail','Logistics','Energy'])[1 + n * n % 4], 10 * n, 125000.50 * n,
  (ARRAY['EUR','USD','EUR'])[1 + n % 3], date '1990-01-01' + n * 97, n % 5 = 0, '["+49 30 1234567"]',
  jsonb_build_object('street', n || ' High Street', 'city', 'Berlin', 'postalCode', '10115', 'country', 'DE'), '{}'
FROM generate_series(1, 40) AS n;
CREATE INDEX idx_pk_acme_crm_companies ON acme_crm_companies (id);
CREATE INDEX idx_cursor_acme_crm_companies ON acme_crm_companies ("updatedAt");
CREATE INDEX idx_extracted_at_acme_crm_companies ON acme_crm_companies (_airbyte_extracted_at);

CREATE TABLE acme_crm_contacts (
  _airbyte_raw_id varchar NOT NULL, _airbyte_extracted_at timestamptz NOT NULL, _airbyte_meta jsonb NOT NULL, _airbyte_generation_id bigint NOT NULL,
  id varchar, "createdAt" timestamptz, "updatedAt" timestamptz, "firstName" varchar, "lastName" varchar, email varchar, phone varchar,
  "jobTitle" varchar, "companyId" varchar, "ownerEmail" varchar, "lifecycleStage" varchar, score bigint, subscribed boolean,
  "birthDate" date, "lastContactedAt" timestamptz, tags jsonb, address jsonb);
INSERT INTO acme_crm_contacts
SELECT gen_random_uuid(), now() - n * interval '20 seconds', '{"sync_id":1,"changes":[]}', 1,
  'ct_' || lpad(n::text, 5, '0'), now() - (240 - n) * interval '2 days', now() - n * interval '3 hours',
  (ARRAY['Ada','Grace','Alan','Edsger','Barbara','Donald'])[1 + n % 6], (ARRAY['Lovelace','Hopper','Turing','Dijkstra','Liskov'])[1 + n % 5],
  'contact' || n || '@example.com', CASE WHEN n % 4 > 0 THEN '+1 555 ' || lpad(n::text, 4, '0') END, (ARRAY['CTO','Buyer','Engineer'])[1 + n % 3],
  CASE WHEN n % 7 > 0 THEN 'co_' || lpad((1 + n % 40)::text, 4, '0') END, 'owner' || n % 3 || '@example.com',
  (ARRAY['subscriber','lead','opportunity','customer','lead'])[1 + n % 5], n % 100, n % 3 > 0, date '1970-01-01' + n * 41,
  CASE WHEN n % 2 = 0 THEN now() - n * interval '5 hours' END, '["newsletter"]', NULL
FROM generate_series(1, 240) AS n;
CREATE INDEX idx_pk_acme_crm_contacts ON acme_crm_contacts (id);
CREATE INDEX idx_cursor_acme_crm_contacts ON acme_crm_contacts ("updatedAt");
CREATE INDEX idx_extracted_at_acme_crm_contacts ON acme_crm_contacts (_airbyte_extracted_at);

CREATE TABLE acme_crm_deals (
  _airbyte_raw_id varchar NOT NULL, _airbyte_extracted_at timestamptz NOT NULL, _airbyte_meta jsonb NOT NULL, _airbyte_generation_id bigint NOT NULL,
  id varchar, "createdAt" timestamptz, "updatedAt" timestamptz, title varchar, "companyId" varchar, "contactIds" jsonb, "ownerEmail" varchar,
  stage varchar, amount decimal, currency varchar, probability decimal, "expectedCloseDate" date, "closedAt" timestamptz, "lostReason" varchar,
  "lineItems" jsonb);
CREATE INDEX idx_pk_acme_crm_deals ON acme_crm_deals (id);
CREATE INDEX idx_cursor_acme_crm_deals ON acme_crm_deals ("updatedAt");
CREATE INDEX idx_extracted_at_acme_crm_deals ON acme_crm_deals (_airbyte_extracted_at);

CREATE TABLE postgres_customers (
  _airbyte_raw_id varchar NOT NULL, _airbyte_extracted_at timestamptz NOT NULL, _airbyte_meta jsonb NOT NULL, _airbyte_generation_id bigint NOT NULL,
  id varchar, email varchar, name varchar, phone varchar, birth_date date, country varchar, segment varchar, marketing_opt_in boolean,
  loyalty_points bigint, credit_limit decimal, tags jsonb, preferences jsonb, created_at timestamptz, updated_at timestamptz);
INSERT INTO postgres_customers
SELECT gen_random_uuid(), now() - n * interval '10 seconds', '{"sync_id":1,"changes":[]}', 1,
  'cu_' || lpad(n::text, 5, '0'), 'customer' || n || '@example.com', 'Customer ' || n, NULL, date '1960-01-01' + n * 29,
  (ARRAY['DE','FR','US','JP'])[1 + n % 4], (ARRAY['consumer','business','reseller'])[1 + n % 3], n % 2 = 0, n * 13, n * 100.25, '[]', '{}',
  now() - (300 - n) * interval '1 day', now() - n * interval '1 hour'
FROM generate_series(1, 300) AS n;
CREATE INDEX idx_pk_postgres_customers ON postgres_customers (id);
CREATE INDEX idx_extracted_at_postgres_customers ON postgres_customers (_airbyte_extracted_at);

CREATE TABLE postgres_orders (
  _airbyte_raw_id varchar NOT NULL, _airbyte_extracted_at timestamptz NOT NULL, _airbyte_meta jsonb NOT NULL, _airbyte_generation_id bigint NOT NULL,
  id bigint, external_ref bigint, customer_id varchar, status varchar, placed_on date, currency varchar, total decimal, exchange_rate decimal,
  discount decimal, shipping jsonb, note varchar, created_at timestamptz, updated_at timestamptz);
INSERT INTO postgres_orders
SELECT gen_random_uuid(), now() - n * interval '2 seconds', '{"sync_id":1,"changes":[]}', 1,
  n, 9007199254740992 + n, 'cu_' || lpad((1 + n % 300)::text, 5, '0'), (ARRAY['placed','paid','shipped','delivered','returned'])[1 + n * n % 5],
  current_date - (1200 - n) / 8, (ARRAY['EUR','USD'])[1 + n % 2], round((20 + n % 977 * 1.37)::numeric, 2), 1.0834567890123456789,
  CASE WHEN n % 3 = 0 THEN 0.1 END, '{"method":"parcel","id":12345678901234567890}', CASE WHEN n % 10 = 0 THEN 'Ring twice' END,
  now() - (1200 - n) * interval '3 hours', now() - n * interval '11 minutes'
FROM generate_series(1, 1200) AS n;
CREATE INDEX idx_pk_postgres_orders ON postgres_orders (id);
CREATE INDEX idx_cursor_postgres_orders ON postgres_orders (updated_at);
CREATE INDEX idx_extracted_at_postgres_orders ON postgres_orders (_airbyte_extracted_at);

CREATE TABLE postgres_order_items (
  _airbyte_raw_id varchar NOT NULL, _airbyte_extracted_at timestamptz NOT NULL, _airbyte_meta jsonb NOT NULL, _airbyte_generation_id bigint NOT NULL,
  order_id bigint, line bigint, product_id bigint, quantity bigint, unit_price decimal, gift_wrap boolean, updated_at timestamptz);
INSERT INTO postgres_order_items
SELECT gen_random_uuid(), now() - n * interval '1 second', '{"sync_id":1,"changes":[]}', 1,
  1 + n / 3, 1 + n % 3, 1 + n % 50, 1 + n % 4, 9.95 + n % 20, n % 9 = 0, now() - n * interval '4 minutes'
FROM generate_series(0, 2999) AS n;
CREATE INDEX idx_pk_postgres_order_items ON postgres_order_items (order_id, line);
CREATE INDEX idx_extracted_at_postgres_order_items ON postgres_order_items (_airbyte_extracted_at);

CREATE TABLE "postgres_LegacyInvoices" (
  _airbyte_raw_id varchar NOT NULL, _airbyte_extracted_at timestamptz NOT NULL, _airbyte_meta jsonb NOT NULL, _airbyte_generation_id bigint NOT NULL,
  "InvoiceNo" varchar, "Customer_Email" varchar, "Amount_Due" decimal, "Paid_" boolean, "IssuedOn" date, "UpdatedAt" timestamp);
INSERT INTO "postgres_LegacyInvoices"
SELECT gen_random_uuid(), now(), '{"sync_id":1,"changes":[]}', 1, 'INV-0001', NULL, 1234567.80, NULL, date '2003-04-01', timestamp '2003-04-01 12:30:00.123456';
CREATE INDEX "idx_pk_postgres_LegacyInvoices" ON "postgres_LegacyInvoices" ("InvoiceNo");
CREATE INDEX "idx_extracted_at_postgres_LegacyInvoices" ON "postgres_LegacyInvoices" (_airbyte_extracted_at);

-- postgres_audit_log is on its way: its first sync has not made the table yet.
