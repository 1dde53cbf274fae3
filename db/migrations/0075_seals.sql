-- The electronic seal of a paper, made once: a certified service is asked, and paid, only the first time.

create table document_seal (
  funder text not null,
  file text not null,
  seal jsonb not null,
  made_at timestamptz not null default platform_now(),
  primary key (funder, file),
  foreign key (funder, file) references stored_file (funder, sha256)
);
