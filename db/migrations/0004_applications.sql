-- A call pins one policy pack by its hash and has its own dates; an application is written, frozen in versions, and moves through states.

create table call (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  code text not null,
  policy text not null,
  policy_hash text not null,
  title jsonb not null,
  apply_open_on date not null,
  apply_close_on date not null,
  recommend_close_on date not null,
  accept_close_on date not null,
  -- An extension lets only drafts begun before this instant go on; null when everybody may.
  begun_before timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default platform_now(),
  primary key (funder, id),
  unique (funder, code),
  check (apply_open_on <= apply_close_on and apply_close_on <= recommend_close_on)
);

create table internal_deadline (
  funder text not null,
  call uuid not null,
  organization uuid not null,
  close_at timestamptz not null,
  set_by uuid,
  updated_at timestamptz not null default platform_now(),
  primary key (funder, call, organization),
  foreign key (funder, call) references call (funder, id),
  foreign key (funder, organization) references organization (funder, id)
);

create table application (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  call uuid not null,
  number integer not null,
  state text not null,
  version integer not null default 1,
  investigator uuid not null,
  investigator_hash bytea not null,
  lead_organization uuid not null,
  -- Kept from the organisation when the letter is issued: later moves of a unit do not change an old count.
  quota_group text,
  division text,
  frozen_version integer,
  rank integer,
  receipt_number text,
  acceptance_number text,
  missed text check (missed in ('SUBMIT', 'ENDORSE', 'INITIAL_REVIEW', 'RECOMMEND')),
  submitted_at timestamptz,
  endorsed_at timestamptz,
  recommended_at timestamptz,
  decided_at timestamptz,
  correction_due_at timestamptz,
  correction_fields jsonb,
  corrected boolean not null default false,
  appeal_due_at timestamptz,
  withdrawal_requested_at timestamptz,
  withdrawal_reason text,
  created_by uuid not null,
  created_at timestamptz not null default platform_now(),
  updated_at timestamptz not null default platform_now(),
  primary key (funder, id),
  unique (funder, call, number),
  unique (funder, acceptance_number),
  unique (funder, receipt_number),
  foreign key (funder, call) references call (funder, id),
  foreign key (funder, investigator) references person (funder, id),
  foreign key (funder, lead_organization) references organization (funder, id)
);
create index application_by_state on application (funder, call, state);
create index application_by_investigator on application (funder, investigator_hash);
create index application_by_organization on application (funder, lead_organization, state);
create index application_by_division on application (funder, division, state);
create index application_by_quota_group on application (funder, call, quota_group) where quota_group is not null;
-- One standing application per investigator and call, whatever two transactions may do at once.
create unique index application_one_standing on application (funder, call, investigator_hash)
  where state not in ('DRAFT', 'RETURNED_TO_PI', 'ORG_REJECTED', 'DEPT_REJECTED', 'WITHDRAWN', 'LAPSED', 'PURGED');

-- What is being written. One statement saves it; it is never behind the ledger.
create table draft (
  funder text not null,
  application uuid not null,
  content jsonb not null,
  version integer not null default 1,
  saved_at timestamptz not null default platform_now(),
  saved_by uuid,
  title text generated always as (content ->> 'title') stored,
  category text generated always as (content ->> 'category') stored,
  field text generated always as (content ->> 'field') stored,
  direction text generated always as (content ->> 'direction') stored,
  requested_grant bigint generated always as ((content ->> 'requestedGrant')::bigint) stored,
  primary key (funder, application),
  foreign key (funder, application) references application (funder, id)
);
create index draft_by_category on draft (funder, category, field);

-- What was filed: frozen, with the questions as they were worded then. `hash` is SHA-256 of the canonical content.
create table application_version (
  funder text not null,
  application uuid not null,
  number integer not null,
  content jsonb not null,
  worded jsonb not null,
  hash text not null,
  code text not null,
  frozen_at timestamptz not null,
  frozen_by uuid not null,
  primary key (funder, application, number),
  foreign key (funder, application) references application (funder, id)
);
create unique index application_version_by_code on application_version (funder, code);

create table stored_file (
  funder text not null references funder (id),
  sha256 text not null,
  size bigint not null,
  mime text not null,
  created_at timestamptz not null default platform_now(),
  purged_at timestamptz,
  primary key (funder, sha256)
);

create table attachment (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid,
  batch uuid,
  organization uuid,
  type text not null,
  filename text not null,
  file text not null,
  note text not null default '',
  uploaded_by uuid not null,
  uploaded_at timestamptz not null default platform_now(),
  removed_at timestamptz,
  primary key (funder, id),
  foreign key (funder, file) references stored_file (funder, sha256),
  foreign key (funder, application) references application (funder, id),
  foreign key (funder, organization) references organization (funder, id)
);
create index attachment_by_application on attachment (funder, application) where removed_at is null;

-- Consents, commitments, seals: each bound to the version it was given for (0 while only a draft exists).
create table confirmation (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  version integer not null,
  kind text not null check (kind in ('MEMBER_CONSENT', 'PARTNER', 'BUDGET', 'SECRECY', 'INVESTIGATOR_COMMITMENT', 'ORGANIZATION_COMMITMENT', 'SEAL')),
  party text not null,
  agreed boolean not null,
  remark text not null default '',
  hash text,
  by uuid not null,
  at timestamptz not null default platform_now(),
  primary key (funder, id),
  unique (funder, application, version, kind, party),
  foreign key (funder, application) references application (funder, id)
);

-- Every judgement of a person on an application: returned with marks at fields, refused with codes, passed with a checklist.
create table decision (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  version integer,
  action text not null,
  from_state text not null,
  to_state text not null,
  reason text not null default '',
  codes jsonb not null default '[]',
  marks jsonb not null default '[]',
  checklist jsonb not null default '[]',
  findings jsonb not null default '[]',
  by uuid,
  acting_for uuid,
  role text,
  at timestamptz not null,
  primary key (funder, id),
  foreign key (funder, application) references application (funder, id)
);
create index decision_by_application on decision (funder, application, at);

-- 一般 / 原则上: an exception names the clause, the reason and two persons.
create table exception (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  rule text not null,
  clause text not null,
  reason text not null check (reason <> ''),
  requested_by uuid,
  requested_at timestamptz,
  proposed_by uuid,
  proposed_at timestamptz,
  confirmed_by uuid,
  confirmed_at timestamptz,
  refused_at timestamptz,
  refused_reason text,
  primary key (funder, id),
  foreign key (funder, application) references application (funder, id),
  check (confirmed_by is null or (proposed_by is not null and confirmed_by <> proposed_by))
);
create unique index exception_by_rule on exception (funder, application, rule) where refused_at is null;

-- Numbers without gaps inside one funder: receipts, acceptances, batches.
create table counter (
  funder text not null references funder (id),
  name text not null,
  value bigint not null,
  primary key (funder, name)
);
