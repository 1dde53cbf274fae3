-- What was done, by whom, to what: written in the action's transaction, numbered and chained afterwards, never changed.

-- `body` holds ids, states, amounts and hashes: no content, no identity number, no telephone number. So classified content can be
-- destroyed everywhere (指南 四) while the entry that says so stays, and the chain stays whole.
-- `acting_for`: the account that lent its role. Accounts are not foreign keys here: an entry outlives everything it names.
create table ledger_entry (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  action text not null check (action <> ''),
  actor uuid,
  acting_for uuid,
  role text,
  object_kind text not null,
  object_id text not null,
  at timestamptz not null default platform_now(),
  -- Whole numbers that every program reads alike: a body has one spelling, and so one hash.
  body jsonb not null default '{}' check (not jsonb_path_exists(body, 'strict $.** ?
    (@.type() == "number" && (@ != @.floor() || @ > 9007199254740991 || @ < -9007199254740991))')),
  number bigint check (number > 0),
  previous_hash bytea check (length(previous_hash) = 32),
  hash bytea check (length(hash) = 32),
  primary key (funder, id),
  unique (funder, number),
  constraint chained_at_once check (
    (number is null) = (previous_hash is null) and (number is null) = (hash is null)
  )
);
create index ledger_entry_waiting on ledger_entry (funder, at, id) where number is null;
create index ledger_entry_by_object on ledger_entry (funder, object_kind, object_id, at);

-- Roots of complete subtrees of 2^level leaves, for some levels: a proof then reads hundreds of hashes, not all.
create table ledger_node (
  funder text not null references funder (id),
  level integer not null check (level > 0),
  position bigint not null check (position >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (funder, level, position)
);

-- Signed heads: whoever keeps one elsewhere can show that the ledger was cut or rewritten.
create table ledger_head (
  funder text not null references funder (id),
  number bigint not null check (number >= 0),
  root bytea not null check (length(root) = 32),
  at timestamptz not null,
  key bytea not null check (length(key) = 32),
  signature bytea not null check (length(signature) = 64),
  primary key (funder, number)
);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'integrity_constraint_violation';
end
$$;

-- The one change an entry ever sees: its number and hashes, filled in once.
create function ledger_entry_is_numbered_once() returns trigger language plpgsql as $$
begin
  if old.number is null and new.number is not null
    and (old.funder, old.id, old.action, old.actor, old.acting_for, old.role, old.object_kind, old.object_id, old.at, old.body)
      is not distinct from
      (new.funder, new.id, new.action, new.actor, new.acting_for, new.role, new.object_kind, new.object_id, new.at, new.body)
  then
    return new;
  end if;
  raise exception 'ledger_entry is append-only: update is refused'
    using errcode = 'integrity_constraint_violation';
end
$$;

create trigger numbered_once before update on ledger_entry for each row execute function ledger_entry_is_numbered_once();
create trigger kept before delete on ledger_entry for each row execute function ledger_is_append_only();
create trigger kept_whole before truncate on ledger_entry for each statement execute function ledger_is_append_only();
create trigger kept before update or delete on ledger_node for each row execute function ledger_is_append_only();
create trigger kept_whole before truncate on ledger_node for each statement execute function ledger_is_append_only();
create trigger kept before update or delete on ledger_head for each row execute function ledger_is_append_only();
create trigger kept_whole before truncate on ledger_head for each statement execute function ledger_is_append_only();
