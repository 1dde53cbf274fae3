-- Texts that are compared with one another. PostgreSQL holds the truth: an index on disk is made from it again at any time, and the same
-- question can be answered here. Every key begins with the funder, so that the tables can be spread over several servers.

create table similar_document (
  funder text not null references funder (id),
  number bigint generated always as identity,
  -- Which text: a version of an application, or a project from elsewhere.
  id text not null,
  -- Versions of one application share it and never report each other.
  application text not null,
  title text not null,
  -- The normalised text with the way back to the original's offsets; src/core/similarity/document.ts says how.
  entry bytea not null,
  -- Its fingerprints, four bytes each, ascending.
  fingerprint bytea not null,
  -- Place in the draw of the sample from which frequencies are taken.
  draw bigint not null,
  primary key (funder, id),
  unique (funder, number)
);
create index similar_document_by_draw on similar_document (funder, draw);

create table similar_fingerprint (
  funder text not null,
  key integer not null,
  document bigint not null,
  primary key (funder, key, document),
  foreign key (funder, document) references similar_document (funder, number) on delete cascade
);
create index similar_fingerprint_by_document on similar_fingerprint (funder, document);
