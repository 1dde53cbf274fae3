-- Who may sign in, as what, until when.

create table account (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  person uuid not null,
  login text not null check (login = lower(login) and login <> ''),
  password_hash text not null,
  password_set_at timestamptz not null default platform_now(),
  password_history jsonb not null default '[]',
  standing text not null default 'PENDING' check (standing in ('PENDING', 'ACTIVE', 'SUSPENDED', 'REFUSED')),
  standing_reason text not null default '',
  totp_sealed bytea,
  totp_last_step bigint,
  totp_confirmed boolean not null default false,
  language text not null default 'zh' check (language in ('zh', 'en')),
  version integer not null default 1,
  created_at timestamptz not null default platform_now(),
  primary key (funder, id),
  unique (funder, login),
  unique (funder, person),
  foreign key (funder, person) references person (funder, id)
);

create table role_grant (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  account uuid not null,
  role text not null,
  organization uuid,
  division text,
  valid_from timestamptz not null default platform_now(),
  valid_until timestamptz,
  -- A lent role names the account that lent it, and always ends.
  delegated_by uuid,
  granted_by uuid,
  revoked_at timestamptz,
  created_at timestamptz not null default platform_now(),
  primary key (funder, id),
  foreign key (funder, account) references account (funder, id),
  foreign key (funder, delegated_by) references account (funder, id),
  foreign key (funder, organization) references organization (funder, id),
  check (delegated_by is null or valid_until is not null),
  check (delegated_by is null or delegated_by <> account)
);
create index role_grant_by_account on role_grant (funder, account) where revoked_at is null;
create index role_grant_by_role on role_grant (funder, role, organization) where revoked_at is null;

create table session (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  token_hash bytea not null,
  account uuid not null,
  kind text not null check (kind in ('WEB', 'TOKEN')),
  label text not null default '',
  created_at timestamptz not null default platform_now(),
  last_seen_at timestamptz not null default platform_now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (funder, id),
  unique (funder, token_hash),
  foreign key (funder, account) references account (funder, id)
);
create index session_by_account on session (funder, account) where ended_at is null;

-- Counted by account and address together, so that nobody can lock a victim out from elsewhere.
create table sign_in_attempt (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  login_hash bytea not null,
  address_hash bytea not null,
  succeeded boolean not null,
  at timestamptz not null default platform_now(),
  primary key (funder, id)
);
create index sign_in_attempt_by_pair on sign_in_attempt (funder, login_hash, address_hash, at);
create index sign_in_attempt_by_address on sign_in_attempt (funder, address_hash, at);

-- The answer of a write is kept under its key: the same key gives the same answer once more.
create table idempotency_key (
  funder text not null references funder (id),
  account uuid not null,
  key text not null,
  action text not null,
  input_hash bytea not null,
  result jsonb not null,
  at timestamptz not null default platform_now(),
  primary key (funder, account, key)
);
