-- Workbooks of people, institutions and registers, between the look at what they would do and the doing.

create table workbook_import (
  funder text not null references funder (id),
  id uuid not null default gen_random_uuid(),
  kind text not null
    check (kind in ('people', 'organizations', 'platforms', 'bases', 'licences', 'projects', 'records')),
  -- The institution whose people they are; null for the bureau's own.
  organization uuid,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null default platform_now(),
  filename text not null,
  -- SHA-256 of the workbook. The file itself is not kept.
  file text not null,
  -- The sheet that was read, until it is imported, thrown away, or a day old.
  reading_sealed bytea,
  done_at timestamptz,
  done_by uuid,
  added integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  -- First passwords for whoever imported people, until they are a day old.
  handed_sealed bytea,
  primary key (funder, id),
  foreign key (funder, organization) references organization (funder, id),
  foreign key (funder, uploaded_by) references account (funder, id),
  foreign key (funder, done_by) references account (funder, id)
);
create index workbook_import_by_account on workbook_import (funder, uploaded_by, uploaded_at);
create index workbook_import_kept on workbook_import (funder, uploaded_at)
  where reading_sealed is not null or handed_sealed is not null;

-- What came of each row: the ledger's entry holds the hash of this list.
create table workbook_import_row (
  funder text not null references funder (id),
  import uuid not null,
  row integer not null,
  act text not null check (act in ('ADD', 'CHANGE')),
  object uuid not null,
  primary key (funder, import, row),
  foreign key (funder, import) references workbook_import (funder, id)
);
create index workbook_import_row_by_object on workbook_import_row (funder, object);
