-- What a scan shows, by the hash of the file: it is opened once, in a process of its own. Holds codes and page numbers only.

create table scan_reading (
  funder text not null references funder (id),
  file text not null check (file ~ '^[0-9a-f]{64}$'),
  -- A later reader looks again.
  read_by text not null,
  result jsonb not null,
  read_at timestamptz not null default platform_now(),
  primary key (funder, file)
);
