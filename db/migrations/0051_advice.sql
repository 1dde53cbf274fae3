-- What a division says to the acceptance desk about an application: read inside the bureau, never by applicants, and no decision.

create table advice (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  version integer,
  fits boolean not null,
  said text not null check (said <> ''),
  by uuid not null,
  acting_for uuid,
  at timestamptz not null,
  primary key (funder, id),
  foreign key (funder, application) references application (funder, id)
);
create index advice_by_application on advice (funder, application, at);
