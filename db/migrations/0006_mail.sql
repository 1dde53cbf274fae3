-- What was said to whom: written with the act itself, sent by a job, kept as the list of notices of an account.

create table mail (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  account uuid not null,
  template text not null,
  facts jsonb not null,
  link text not null default '',
  application uuid,
  created_at timestamptz not null default platform_now(),
  sent_at timestamptz,
  read_at timestamptz,
  attempts integer not null default 0,
  fault text,
  primary key (funder, id),
  foreign key (funder, account) references account (funder, id)
);
create index mail_by_account on mail (funder, account, created_at);
create index mail_waiting on mail (funder, created_at) where sent_at is null;
