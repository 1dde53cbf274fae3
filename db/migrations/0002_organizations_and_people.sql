-- Institutions, competent departments, the bureau; people. Identity numbers and telephones are sealed: what is compared is a keyed hash.

create table organization (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('INSTITUTION', 'DEPARTMENT', 'BUREAU')),
  uscc text,
  name_zh text not null check (name_zh <> ''),
  name_en text not null default '',
  type text,
  region text,
  address text not null default '',
  legal_person text not null default '',
  competent_department uuid,
  department_basis text check (department_basis in ('TERRITORIAL', 'AFFILIATION')),
  parent uuid,
  quota_group text,
  medical_licence text,
  platforms jsonb not null default '[]',
  bases jsonb not null default '[]',
  standing text not null default 'PENDING' check (standing in ('PENDING', 'ACTIVE', 'REFUSED', 'CLOSED')),
  standing_reason text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default platform_now(),
  updated_at timestamptz not null default platform_now(),
  primary key (funder, id),
  unique (funder, uscc),
  foreign key (funder, competent_department) references organization (funder, id),
  foreign key (funder, parent) references organization (funder, id),
  check (kind <> 'INSTITUTION' or uscc is not null)
);
create index organization_by_department on organization (funder, competent_department);
create index organization_by_quota_group on organization (funder, quota_group) where quota_group is not null;

create table person (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  name text not null check (name <> ''),
  identity_type text not null,
  identity_sealed bytea not null,
  identity_hash bytea not null,
  identity_mask text not null,
  title_level text not null default 'NONE',
  degree text not null default 'OTHER',
  admin_rank text,
  email text not null default '',
  phone_sealed bytea,
  phone_mask text not null default '',
  orcid text,
  organization uuid,
  version integer not null default 1,
  created_at timestamptz not null default platform_now(),
  updated_at timestamptz not null default platform_now(),
  primary key (funder, id),
  unique (funder, identity_hash),
  foreign key (funder, organization) references organization (funder, id)
);
create index person_by_organization on person (funder, organization);

-- What the bureau knows and nobody is asked for: running projects, integrity records.
create table known_project (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  number text not null,
  title text not null,
  programme text not null check (programme in ('INNOVATION_FUND', 'OTHER')),
  category text,
  investigator_hash bytea,
  investigator_name text not null default '',
  lead_organization uuid,
  period_end date not null,
  closeout text not null check (closeout in ('PENDING', 'PASSED', 'FAILED')),
  version integer not null default 1,
  created_at timestamptz not null default platform_now(),
  primary key (funder, id),
  unique (funder, number),
  foreign key (funder, lead_organization) references organization (funder, id)
);
create index known_project_by_investigator on known_project (funder, investigator_hash);
create index known_project_by_organization on known_project (funder, lead_organization);

create table integrity_record (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  subject_kind text not null check (subject_kind in ('PERSON', 'ORGANIZATION')),
  subject_hash bytea,
  subject_uscc text,
  subject_name text not null,
  kind text not null check (kind in ('MISCONDUCT', 'SOCIAL_CREDIT')),
  decision_number text not null,
  source text not null,
  valid_from date not null,
  valid_to date,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  created_by uuid,
  created_at timestamptz not null default platform_now(),
  primary key (funder, id),
  check ((subject_kind = 'PERSON') = (subject_hash is not null)),
  check ((subject_kind = 'ORGANIZATION') = (subject_uscc is not null)),
  check (valid_to is null or valid_to >= valid_from)
);
create index integrity_record_by_hash on integrity_record (funder, subject_hash);
create index integrity_record_by_uscc on integrity_record (funder, subject_uscc);
