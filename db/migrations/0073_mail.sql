-- Letters by mail: the notices that wait for one person at one time go out as one letter, sent under a lease and marked afterwards.

create table letter (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  account uuid not null,
  kind text not null check (kind in ('NOTICE', 'DIGEST')),
  created_at timestamptz not null default platform_now(),
  -- How often a mail server was asked to take it, and when it may be asked next.
  attempts integer not null default 0,
  next_at timestamptz not null default platform_now(),
  -- Held by the process that sends it; one that ran out without an answer may have gone out: counted, and never more than once again.
  lease uuid,
  leased_until timestamptz,
  unanswered integer not null default 0,
  -- Sent once more by an administrator: part of its Message-ID, so that it counts as another message.
  edition integer not null default 0,
  address text,
  sent_at timestamptz,
  -- SMTP: a server took it. LOG: there was none, and the log says so. PAST: the past of a demonstration.
  way text check (way in ('SMTP', 'LOG', 'PAST')),
  -- No more attempts; the fault says why.
  stopped_at timestamptz,
  fault text,
  primary key (funder, id),
  foreign key (funder, account) references account (funder, id),
  check ((sent_at is null) = (way is null)),
  check (sent_at is null or stopped_at is null),
  check ((lease is null) = (leased_until is null))
);
create index letter_waiting on letter (funder, next_at) where sent_at is null and stopped_at is null;
create index letter_by_time on letter (funder, created_at);
create index letter_by_account on letter (funder, account, created_at);

-- From now on attempts and faults belong to the letter.
drop index mail_waiting;
alter table mail
  drop column attempts,
  drop column fault,
  add column letter uuid,
  add foreign key (funder, letter) references letter (funder, id);
create index mail_waiting on mail (funder, created_at) where letter is null and sent_at is null;
create index mail_by_letter on mail (funder, letter) where letter is not null;

-- At once: everything (ALL), or what asks for something (ACTION) with the rest once a day, or only what is urgent (DAILY).
alter table account add column mail_pace text not null default 'ACTION' check (mail_pace in ('ALL', 'ACTION', 'DAILY'));

-- A calendar of one's deadlines under a secret address; of the secret only the hash is kept.
create table calendar_feed (
  funder text not null references funder (id),
  account uuid not null,
  token_hash bytea not null,
  created_at timestamptz not null default platform_now(),
  read_at timestamptz,
  primary key (funder, account),
  unique (funder, token_hash),
  foreign key (funder, account) references account (funder, id)
);
