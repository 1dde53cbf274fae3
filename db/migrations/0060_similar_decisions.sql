-- What an officer decided about two applications that share text. The latest row of a pair counts; earlier ones stay.

create table similar_decision (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  other uuid not null check (other <> application),
  -- The filed versions that were compared.
  version integer,
  other_version integer,
  outcome text not null check (outcome in ('NOT_SIMILAR', 'RELATED_DECLARED', 'DUPLICATE')),
  reason text not null check (reason <> ''),
  by uuid not null,
  acting_for uuid,
  at timestamptz not null,
  primary key (funder, id),
  foreign key (funder, application) references application (funder, id),
  foreign key (funder, other) references application (funder, id)
);
create index similar_decision_by_application on similar_decision (funder, application, other, at);
create index similar_decision_by_other on similar_decision (funder, other, application);
