-- Papers drawn from the data, by the hash of everything they were drawn from: the same order is answered by the same file.

create table document (
  funder text not null references funder (id),
  key text not null,
  kind text not null,
  -- So that the copies of classified content are destroyed with it.
  application uuid,
  file text not null,
  pages integer not null,
  made_at timestamptz not null default platform_now(),
  primary key (funder, key),
  foreign key (funder, file) references stored_file (funder, sha256),
  foreign key (funder, application) references application (funder, id)
);
create index document_by_application on document (funder, application) where application is not null;
create index document_by_file on document (funder, file);
