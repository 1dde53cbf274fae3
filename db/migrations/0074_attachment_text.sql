-- What an attachment says, read once by a process of its own and compared with the application's text; or why it cannot be read.

create table attachment_text (
  funder text not null,
  file text not null,
  text text not null default '',
  unreadable jsonb,
  read_at timestamptz not null default platform_now(),
  primary key (funder, file),
  foreign key (funder, file) references stored_file (funder, sha256)
);
