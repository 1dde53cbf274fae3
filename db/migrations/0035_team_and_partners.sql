-- Who is named in an application, so that a member and a partner unit find it without reading every draft.

alter table draft
  -- Keyed hashes of the members' identity numbers, lower-case hex, as a list.
  add column team jsonb generated always as (jsonb_path_query_array(content, '$.members[*].identity.hash')) stored,
  -- Codes (USCC) of the partner units, as a list; null where none was written.
  add column partners jsonb generated always as (jsonb_path_query_array(content, '$.partners[*].uscc')) stored;

create index draft_by_team on draft using gin (team);
create index draft_by_partner on draft using gin (partners);
