-- The competent department: credit evidence, the letter and its list, places taken outside the platform.

create table credit_check (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  organization uuid not null,
  call uuid not null,
  site text not null,
  result text not null check (result in ('CLEAR', 'RECORD')),
  note text not null default '',
  checked_on date not null,
  evidence uuid,
  by uuid not null,
  at timestamptz not null default platform_now(),
  primary key (funder, id),
  foreign key (funder, organization) references organization (funder, id),
  foreign key (funder, call) references call (funder, id),
  foreign key (funder, evidence) references attachment (funder, id)
);
create index credit_check_by_organization on credit_check (funder, organization, call);

create table batch (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  call uuid not null,
  department uuid not null,
  number integer not null,
  code text not null,
  state text not null default 'PREPARED' check (state in ('PREPARED', 'ISSUED', 'RECALLED')),
  letter_number text,
  issued_on date,
  issued_at timestamptz,
  issued_by uuid,
  recalled_at timestamptz,
  recalled_by uuid,
  recall_reason text,
  statement text not null default '',
  paper_received_on date,
  paper_posted_on date,
  paper_channel text,
  paper_logged_by uuid,
  version integer not null default 1,
  created_by uuid not null,
  created_at timestamptz not null default platform_now(),
  primary key (funder, id),
  unique (funder, code),
  foreign key (funder, call) references call (funder, id),
  foreign key (funder, department) references organization (funder, id),
  check (state <> 'ISSUED' or (letter_number is not null and issued_at is not null and issued_by is not null))
);
create index batch_by_department on batch (funder, department, state);

alter table attachment add foreign key (funder, batch) references batch (funder, id);

create table batch_item (
  funder text not null,
  batch uuid not null,
  application uuid not null,
  sequence integer not null,
  -- Cleared when the batch is recalled: an application stands in one living batch at most.
  living boolean not null default true,
  primary key (funder, batch, application),
  foreign key (funder, batch) references batch (funder, id),
  foreign key (funder, application) references application (funder, id)
);
create unique index batch_item_once on batch_item (funder, application) where living;

-- Classified projects are filed on paper: a number, a quota place and a date, nothing else.
create table off_platform (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  call uuid not null,
  number text not null,
  organization uuid not null,
  quota_group text,
  received_on date not null,
  counts_in_quota boolean not null default true,
  entered_by uuid not null,
  entered_at timestamptz not null default platform_now(),
  withdrawn_at timestamptz,
  primary key (funder, id),
  unique (funder, call, number),
  foreign key (funder, call) references call (funder, id),
  foreign key (funder, organization) references organization (funder, id)
);

create table appeal (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  grounds text not null check (grounds <> ''),
  filed_by uuid not null,
  filed_at timestamptz not null,
  outcome text check (outcome in ('UPHELD', 'DISMISSED')),
  reason text,
  decided_by uuid,
  decided_at timestamptz,
  primary key (funder, id),
  unique (funder, application),
  foreign key (funder, application) references application (funder, id)
);

-- Destroying classified content takes two security administrators.
create table purge (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  reason text not null check (reason <> ''),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  primary key (funder, id),
  unique (funder, application),
  foreign key (funder, application) references application (funder, id),
  check (confirmed_by is null or confirmed_by <> proposed_by)
);
