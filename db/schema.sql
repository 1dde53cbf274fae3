-- The schema after all migrations, as the database itself tells it: for reading, and for seeing a migration's effect in a diff.
-- After a change under db/migrations run
--     node_modules/node/bin/node src/platform/database/schema.ts
-- which writes this file and src/platform/database/tables.ts. A test fails while either is stale.

CREATE OR REPLACE FUNCTION ledger_entry_is_numbered_once()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION ledger_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'integrity_constraint_violation';
end
$function$;

CREATE OR REPLACE FUNCTION platform_now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select clock_timestamp() + clock_offset from platform_clock
$function$;

CREATE OR REPLACE FUNCTION platform_today()
 RETURNS date
 LANGUAGE sql
 STABLE
AS $function$
  select (platform_now() at time zone 'Asia/Shanghai')::date
$function$;

CREATE OR REPLACE FUNCTION without_secrets()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if jsonb_typeof(new.result) = 'object' then
    new.result := new.result - array['token', 'password', 'secret', 'uri', 'identityNo', 'phone'];
  end if;
  return new;
end
$function$;

create table account (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  person uuid not null,
  login text not null,
  password_hash text not null,
  password_set_at timestamp with time zone not null default platform_now(),
  password_history jsonb not null default '[]'::jsonb,
  standing text not null default 'PENDING'::text,
  standing_reason text not null default ''::text,
  totp_sealed bytea,
  totp_last_step bigint,
  totp_confirmed boolean not null default false,
  language text not null default 'zh'::text,
  version integer not null default 1,
  created_at timestamp with time zone not null default platform_now(),
  password_due boolean not null default false,
  totp_waiting bytea,
  mail_pace text not null default 'ACTION'::text,
  constraint account_pkey PRIMARY KEY (funder, id),
  constraint account_funder_login_key UNIQUE (funder, login),
  constraint account_funder_person_key UNIQUE (funder, person),
  constraint account_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint account_funder_person_fkey FOREIGN KEY (funder, person) REFERENCES person(funder, id),
  constraint account_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint account_login_check CHECK (((login = lower(login)) AND (login <> ''::text))),
  constraint account_mail_pace_check CHECK ((mail_pace = ANY (ARRAY['ALL'::text, 'ACTION'::text, 'DAILY'::text]))),
  constraint account_standing_check CHECK ((standing = ANY (ARRAY['PENDING'::text, 'ACTIVE'::text, 'SUSPENDED'::text, 'REFUSED'::text])))
);

create table advice (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  version integer,
  fits boolean not null,
  said text not null,
  by uuid not null,
  acting_for uuid,
  at timestamp with time zone not null,
  constraint advice_pkey PRIMARY KEY (funder, id),
  constraint advice_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id),
  constraint advice_said_check CHECK ((said <> ''::text))
);
CREATE INDEX advice_by_application ON advice USING btree (funder, application, at);

create table appeal (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  grounds text not null,
  filed_by uuid not null,
  filed_at timestamp with time zone not null,
  outcome text,
  reason text,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint appeal_pkey PRIMARY KEY (funder, id),
  constraint appeal_funder_application_key UNIQUE (funder, application),
  constraint appeal_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id),
  constraint appeal_grounds_check CHECK ((grounds <> ''::text)),
  constraint appeal_outcome_check CHECK ((outcome = ANY (ARRAY['UPHELD'::text, 'DISMISSED'::text])))
);

create table application (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  call uuid not null,
  number integer not null,
  state text not null,
  version integer not null default 1,
  investigator uuid not null,
  investigator_hash bytea not null,
  lead_organization uuid not null,
  quota_group text,
  division text,
  frozen_version integer,
  rank integer,
  receipt_number text,
  acceptance_number text,
  missed text,
  submitted_at timestamp with time zone,
  endorsed_at timestamp with time zone,
  recommended_at timestamp with time zone,
  decided_at timestamp with time zone,
  correction_due_at timestamp with time zone,
  correction_fields jsonb,
  corrected boolean not null default false,
  appeal_due_at timestamp with time zone,
  withdrawal_requested_at timestamp with time zone,
  withdrawal_reason text,
  created_by uuid not null,
  created_at timestamp with time zone not null default platform_now(),
  updated_at timestamp with time zone not null default platform_now(),
  constraint application_pkey PRIMARY KEY (funder, id),
  constraint application_funder_acceptance_number_key UNIQUE (funder, acceptance_number),
  constraint application_funder_call_number_key UNIQUE (funder, call, number),
  constraint application_funder_receipt_number_key UNIQUE (funder, receipt_number),
  constraint application_funder_call_fkey FOREIGN KEY (funder, call) REFERENCES call(funder, id),
  constraint application_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint application_funder_investigator_fkey FOREIGN KEY (funder, investigator) REFERENCES person(funder, id),
  constraint application_funder_lead_organization_fkey FOREIGN KEY (funder, lead_organization) REFERENCES organization(funder, id),
  constraint application_missed_check CHECK ((missed = ANY (ARRAY['SUBMIT'::text, 'ENDORSE'::text, 'INITIAL_REVIEW'::text, 'RECOMMEND'::text])))
);
CREATE INDEX application_by_division ON application USING btree (funder, division, state);
CREATE INDEX application_by_investigator ON application USING btree (funder, investigator_hash);
CREATE INDEX application_by_organization ON application USING btree (funder, lead_organization, state);
CREATE INDEX application_by_quota_group ON application USING btree (funder, call, quota_group) WHERE (quota_group IS NOT NULL);
CREATE INDEX application_by_state ON application USING btree (funder, call, state);
CREATE INDEX application_correction_due ON application USING btree (funder, correction_due_at) WHERE (state = 'CORRECTION'::text);
CREATE UNIQUE INDEX application_one_standing ON application USING btree (funder, call, investigator_hash) WHERE (state <> ALL (ARRAY['DRAFT'::text, 'RETURNED_TO_PI'::text, 'ORG_REJECTED'::text, 'DEPT_REJECTED'::text, 'WITHDRAWN'::text, 'LAPSED'::text, 'PURGED'::text]));

create table application_version (
  funder text not null,
  application uuid not null,
  number integer not null,
  content jsonb not null,
  worded jsonb not null,
  hash text not null,
  code text not null,
  frozen_at timestamp with time zone not null,
  frozen_by uuid not null,
  constraint application_version_pkey PRIMARY KEY (funder, application, number),
  constraint application_version_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id)
);
CREATE UNIQUE INDEX application_version_by_code ON application_version USING btree (funder, code);

create table attachment (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid,
  batch uuid,
  organization uuid,
  type text not null,
  filename text not null,
  file text not null,
  note text not null default ''::text,
  uploaded_by uuid not null,
  uploaded_at timestamp with time zone not null default platform_now(),
  removed_at timestamp with time zone,
  constraint attachment_pkey PRIMARY KEY (funder, id),
  constraint attachment_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id),
  constraint attachment_funder_batch_fkey FOREIGN KEY (funder, batch) REFERENCES batch(funder, id),
  constraint attachment_funder_file_fkey FOREIGN KEY (funder, file) REFERENCES stored_file(funder, sha256),
  constraint attachment_funder_organization_fkey FOREIGN KEY (funder, organization) REFERENCES organization(funder, id)
);
CREATE INDEX attachment_by_application ON attachment USING btree (funder, application) WHERE (removed_at IS NULL);

create table attachment_text (
  funder text not null,
  file text not null,
  text text not null default ''::text,
  unreadable jsonb,
  read_at timestamp with time zone not null default platform_now(),
  constraint attachment_text_pkey PRIMARY KEY (funder, file),
  constraint attachment_text_funder_file_fkey FOREIGN KEY (funder, file) REFERENCES stored_file(funder, sha256)
);

create table batch (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  call uuid not null,
  department uuid not null,
  number integer not null,
  code text not null,
  state text not null default 'PREPARED'::text,
  letter_number text,
  issued_on date,
  issued_at timestamp with time zone,
  issued_by uuid,
  recalled_at timestamp with time zone,
  recalled_by uuid,
  recall_reason text,
  statement text not null default ''::text,
  paper_received_on date,
  paper_posted_on date,
  paper_channel text,
  paper_logged_by uuid,
  version integer not null default 1,
  created_by uuid not null,
  created_at timestamp with time zone not null default platform_now(),
  replaces uuid,
  constraint batch_pkey PRIMARY KEY (funder, id),
  constraint batch_funder_code_key UNIQUE (funder, code),
  constraint batch_funder_call_fkey FOREIGN KEY (funder, call) REFERENCES call(funder, id),
  constraint batch_funder_department_fkey FOREIGN KEY (funder, department) REFERENCES organization(funder, id),
  constraint batch_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint batch_funder_replaces_fkey FOREIGN KEY (funder, replaces) REFERENCES batch(funder, id),
  constraint batch_check CHECK (((state <> 'ISSUED'::text) OR ((letter_number IS NOT NULL) AND (issued_at IS NOT NULL) AND (issued_by IS NOT NULL)))),
  constraint batch_state_check CHECK ((state = ANY (ARRAY['PREPARED'::text, 'ISSUED'::text, 'RECALLED'::text])))
);
CREATE INDEX batch_by_department ON batch USING btree (funder, department, state);
CREATE UNIQUE INDEX batch_replaced_once ON batch USING btree (funder, replaces) WHERE (replaces IS NOT NULL);

create table batch_item (
  funder text not null,
  batch uuid not null,
  application uuid not null,
  sequence integer not null,
  living boolean not null default true,
  constraint batch_item_pkey PRIMARY KEY (funder, batch, application),
  constraint batch_item_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id),
  constraint batch_item_funder_batch_fkey FOREIGN KEY (funder, batch) REFERENCES batch(funder, id)
);
CREATE UNIQUE INDEX batch_item_once ON batch_item USING btree (funder, application) WHERE living;

create table calendar_feed (
  funder text not null,
  account uuid not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null default platform_now(),
  read_at timestamp with time zone,
  constraint calendar_feed_pkey PRIMARY KEY (funder, account),
  constraint calendar_feed_funder_token_hash_key UNIQUE (funder, token_hash),
  constraint calendar_feed_funder_account_fkey FOREIGN KEY (funder, account) REFERENCES account(funder, id),
  constraint calendar_feed_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id)
);

create table call (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  code text not null,
  policy text not null,
  policy_hash text not null,
  title jsonb not null,
  apply_open_on date not null,
  apply_close_on date not null,
  recommend_close_on date not null,
  accept_close_on date not null,
  begun_before timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default platform_now(),
  constraint call_pkey PRIMARY KEY (funder, id),
  constraint call_funder_code_key UNIQUE (funder, code),
  constraint call_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint call_check CHECK (((apply_open_on <= apply_close_on) AND (apply_close_on <= recommend_close_on)))
);

create table confirmation (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  version integer not null,
  kind text not null,
  party text not null,
  agreed boolean not null,
  remark text not null default ''::text,
  hash text,
  by uuid not null,
  at timestamp with time zone not null default platform_now(),
  constraint confirmation_pkey PRIMARY KEY (funder, id),
  constraint confirmation_funder_application_version_kind_party_key UNIQUE (funder, application, version, kind, party),
  constraint confirmation_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id),
  constraint confirmation_kind_check CHECK ((kind = ANY (ARRAY['MEMBER_CONSENT'::text, 'PARTNER'::text, 'BUDGET'::text, 'SECRECY'::text, 'INVESTIGATOR_COMMITMENT'::text, 'ORGANIZATION_COMMITMENT'::text, 'SEAL'::text])))
);

create table counter (
  funder text not null,
  name text not null,
  value bigint not null,
  constraint counter_pkey PRIMARY KEY (funder, name),
  constraint counter_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id)
);

create table credit_check (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  organization uuid not null,
  call uuid not null,
  site text not null,
  result text not null,
  note text not null default ''::text,
  checked_on date not null,
  evidence uuid,
  by uuid not null,
  at timestamp with time zone not null default platform_now(),
  constraint credit_check_pkey PRIMARY KEY (funder, id),
  constraint credit_check_funder_call_fkey FOREIGN KEY (funder, call) REFERENCES call(funder, id),
  constraint credit_check_funder_evidence_fkey FOREIGN KEY (funder, evidence) REFERENCES attachment(funder, id),
  constraint credit_check_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint credit_check_funder_organization_fkey FOREIGN KEY (funder, organization) REFERENCES organization(funder, id),
  constraint credit_check_result_check CHECK ((result = ANY (ARRAY['CLEAR'::text, 'RECORD'::text])))
);
CREATE INDEX credit_check_by_organization ON credit_check USING btree (funder, organization, call);

create table decision (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  version integer,
  action text not null,
  from_state text not null,
  to_state text not null,
  reason text not null default ''::text,
  codes jsonb not null default '[]'::jsonb,
  marks jsonb not null default '[]'::jsonb,
  checklist jsonb not null default '[]'::jsonb,
  findings jsonb not null default '[]'::jsonb,
  by uuid,
  acting_for uuid,
  role text,
  at timestamp with time zone not null,
  constraint decision_pkey PRIMARY KEY (funder, id),
  constraint decision_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id)
);
CREATE INDEX decision_by_application ON decision USING btree (funder, application, at);

create table document (
  funder text not null,
  key text not null,
  kind text not null,
  application uuid,
  file text not null,
  pages integer not null,
  made_at timestamp with time zone not null default platform_now(),
  constraint document_pkey PRIMARY KEY (funder, key),
  constraint document_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id),
  constraint document_funder_file_fkey FOREIGN KEY (funder, file) REFERENCES stored_file(funder, sha256),
  constraint document_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id)
);
CREATE INDEX document_by_application ON document USING btree (funder, application) WHERE (application IS NOT NULL);
CREATE INDEX document_by_file ON document USING btree (funder, file);

create table document_seal (
  funder text not null,
  file text not null,
  seal jsonb not null,
  made_at timestamp with time zone not null default platform_now(),
  constraint document_seal_pkey PRIMARY KEY (funder, file),
  constraint document_seal_funder_file_fkey FOREIGN KEY (funder, file) REFERENCES stored_file(funder, sha256)
);

create table draft (
  funder text not null,
  application uuid not null,
  content jsonb not null,
  version integer not null default 1,
  saved_at timestamp with time zone not null default platform_now(),
  saved_by uuid,
  title text generated always as ((content ->> 'title'::text)) stored,
  category text generated always as ((content ->> 'category'::text)) stored,
  field text generated always as ((content ->> 'field'::text)) stored,
  direction text generated always as ((content ->> 'direction'::text)) stored,
  requested_grant bigint generated always as (((content ->> 'requestedGrant'::text))::bigint) stored,
  team jsonb generated always as (jsonb_path_query_array(content, '$."members"[*]."identity"."hash"'::jsonpath)) stored,
  partners jsonb generated always as (jsonb_path_query_array(content, '$."partners"[*]."uscc"'::jsonpath)) stored,
  constraint draft_pkey PRIMARY KEY (funder, application),
  constraint draft_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id)
);
CREATE INDEX draft_by_category ON draft USING btree (funder, category, field);
CREATE INDEX draft_by_partner ON draft USING gin (partners);
CREATE INDEX draft_by_team ON draft USING gin (team);

create table exception (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  rule text not null,
  clause text not null,
  reason text not null,
  requested_by uuid,
  requested_at timestamp with time zone,
  proposed_by uuid,
  proposed_at timestamp with time zone,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  refused_at timestamp with time zone,
  refused_reason text,
  opinion text not null default ''::text,
  proposed_for uuid,
  constraint exception_pkey PRIMARY KEY (funder, id),
  constraint exception_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id),
  constraint exception_check CHECK (((confirmed_by IS NULL) OR ((proposed_by IS NOT NULL) AND (confirmed_by <> proposed_by)))),
  constraint exception_reason_check CHECK ((reason <> ''::text))
);
CREATE UNIQUE INDEX exception_by_rule ON exception USING btree (funder, application, rule) WHERE (refused_at IS NULL);
CREATE INDEX exception_open ON exception USING btree (funder, application) WHERE ((confirmed_at IS NULL) AND (refused_at IS NULL));

create table funder (
  id text not null,
  name jsonb not null,
  created_at timestamp with time zone not null default platform_now(),
  constraint funder_pkey PRIMARY KEY (id),
  constraint funder_id_check CHECK ((id ~ '^[a-z][a-z0-9-]{0,39}$'::text))
);

create table idempotency_key (
  funder text not null,
  account uuid not null,
  key text not null,
  action text not null,
  input_hash bytea not null,
  result jsonb not null,
  at timestamp with time zone not null default platform_now(),
  constraint idempotency_key_pkey PRIMARY KEY (funder, account, key),
  constraint idempotency_key_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id)
);
CREATE TRIGGER without_secrets BEFORE INSERT OR UPDATE ON idempotency_key FOR EACH ROW EXECUTE FUNCTION without_secrets();

create table integrity_record (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  subject_kind text not null,
  subject_hash bytea,
  subject_uscc text,
  subject_name text not null,
  kind text not null,
  decision_number text not null,
  source text not null,
  valid_from date not null,
  valid_to date,
  withdrawn_at timestamp with time zone,
  withdrawn_reason text,
  created_by uuid,
  created_at timestamp with time zone not null default platform_now(),
  constraint integrity_record_pkey PRIMARY KEY (funder, id),
  constraint integrity_record_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint integrity_record_check CHECK (((subject_kind = 'PERSON'::text) = (subject_hash IS NOT NULL))),
  constraint integrity_record_check1 CHECK (((subject_kind = 'ORGANIZATION'::text) = (subject_uscc IS NOT NULL))),
  constraint integrity_record_check2 CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint integrity_record_kind_check CHECK ((kind = ANY (ARRAY['MISCONDUCT'::text, 'SOCIAL_CREDIT'::text]))),
  constraint integrity_record_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['PERSON'::text, 'ORGANIZATION'::text])))
);
CREATE INDEX integrity_record_by_hash ON integrity_record USING btree (funder, subject_hash);
CREATE INDEX integrity_record_by_uscc ON integrity_record USING btree (funder, subject_uscc);

create table internal_deadline (
  funder text not null,
  call uuid not null,
  organization uuid not null,
  close_at timestamp with time zone not null,
  set_by uuid,
  updated_at timestamp with time zone not null default platform_now(),
  constraint internal_deadline_pkey PRIMARY KEY (funder, call, organization),
  constraint internal_deadline_funder_call_fkey FOREIGN KEY (funder, call) REFERENCES call(funder, id),
  constraint internal_deadline_funder_organization_fkey FOREIGN KEY (funder, organization) REFERENCES organization(funder, id)
);

create table known_project (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  number text not null,
  title text not null,
  programme text not null,
  category text,
  investigator_hash bytea,
  investigator_name text not null default ''::text,
  lead_organization uuid,
  period_end date not null,
  closeout text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default platform_now(),
  constraint known_project_pkey PRIMARY KEY (funder, id),
  constraint known_project_funder_number_key UNIQUE (funder, number),
  constraint known_project_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint known_project_funder_lead_organization_fkey FOREIGN KEY (funder, lead_organization) REFERENCES organization(funder, id),
  constraint known_project_closeout_check CHECK ((closeout = ANY (ARRAY['PENDING'::text, 'PASSED'::text, 'FAILED'::text]))),
  constraint known_project_programme_check CHECK ((programme = ANY (ARRAY['INNOVATION_FUND'::text, 'OTHER'::text])))
);
CREATE INDEX known_project_by_investigator ON known_project USING btree (funder, investigator_hash);
CREATE INDEX known_project_by_organization ON known_project USING btree (funder, lead_organization);

create table ledger_entry (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  action text not null,
  actor uuid,
  acting_for uuid,
  role text,
  object_kind text not null,
  object_id text not null,
  at timestamp with time zone not null default platform_now(),
  body jsonb not null default '{}'::jsonb,
  number bigint,
  previous_hash bytea,
  hash bytea,
  constraint ledger_entry_pkey PRIMARY KEY (funder, id),
  constraint ledger_entry_funder_number_key UNIQUE (funder, number),
  constraint ledger_entry_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint chained_at_once CHECK ((((number IS NULL) = (previous_hash IS NULL)) AND ((number IS NULL) = (hash IS NULL)))),
  constraint ledger_entry_action_check CHECK ((action <> ''::text)),
  constraint ledger_entry_body_check CHECK ((NOT jsonb_path_exists(body, 'strict $.**?(@.type() == "number" && ((@ != @.floor() || @ > 9007199254740991) || @ < -9007199254740991))'::jsonpath))),
  constraint ledger_entry_hash_check CHECK ((length(hash) = 32)),
  constraint ledger_entry_number_check CHECK ((number > 0)),
  constraint ledger_entry_previous_hash_check CHECK ((length(previous_hash) = 32))
);
CREATE INDEX ledger_entry_by_object ON ledger_entry USING btree (funder, object_kind, object_id, at);
CREATE INDEX ledger_entry_waiting ON ledger_entry USING btree (funder, at, id) WHERE (number IS NULL);
CREATE TRIGGER kept BEFORE DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER numbered_once BEFORE UPDATE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_is_numbered_once();

create table ledger_head (
  funder text not null,
  number bigint not null,
  root bytea not null,
  at timestamp with time zone not null,
  key bytea not null,
  signature bytea not null,
  constraint ledger_head_pkey PRIMARY KEY (funder, number),
  constraint ledger_head_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint ledger_head_key_check CHECK ((length(key) = 32)),
  constraint ledger_head_number_check CHECK ((number >= 0)),
  constraint ledger_head_root_check CHECK ((length(root) = 32)),
  constraint ledger_head_signature_check CHECK ((length(signature) = 64))
);
CREATE TRIGGER kept BEFORE DELETE OR UPDATE ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON ledger_head FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();

create table ledger_node (
  funder text not null,
  level integer not null,
  position bigint not null,
  hash bytea not null,
  constraint ledger_node_pkey PRIMARY KEY (funder, level, "position"),
  constraint ledger_node_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint ledger_node_hash_check CHECK ((length(hash) = 32)),
  constraint ledger_node_level_check CHECK ((level > 0)),
  constraint ledger_node_position_check CHECK (("position" >= 0))
);
CREATE TRIGGER kept BEFORE DELETE OR UPDATE ON ledger_node FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON ledger_node FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();

create table letter (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  account uuid not null,
  kind text not null,
  created_at timestamp with time zone not null default platform_now(),
  attempts integer not null default 0,
  next_at timestamp with time zone not null default platform_now(),
  lease uuid,
  leased_until timestamp with time zone,
  unanswered integer not null default 0,
  edition integer not null default 0,
  address text,
  sent_at timestamp with time zone,
  way text,
  stopped_at timestamp with time zone,
  fault text,
  constraint letter_pkey PRIMARY KEY (funder, id),
  constraint letter_funder_account_fkey FOREIGN KEY (funder, account) REFERENCES account(funder, id),
  constraint letter_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint letter_check CHECK (((sent_at IS NULL) = (way IS NULL))),
  constraint letter_check1 CHECK (((sent_at IS NULL) OR (stopped_at IS NULL))),
  constraint letter_check2 CHECK (((lease IS NULL) = (leased_until IS NULL))),
  constraint letter_kind_check CHECK ((kind = ANY (ARRAY['NOTICE'::text, 'DIGEST'::text]))),
  constraint letter_way_check CHECK ((way = ANY (ARRAY['SMTP'::text, 'LOG'::text, 'PAST'::text])))
);
CREATE INDEX letter_by_account ON letter USING btree (funder, account, created_at);
CREATE INDEX letter_by_time ON letter USING btree (funder, created_at);
CREATE INDEX letter_waiting ON letter USING btree (funder, next_at) WHERE ((sent_at IS NULL) AND (stopped_at IS NULL));

create table mail (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  account uuid not null,
  template text not null,
  facts jsonb not null,
  link text not null default ''::text,
  application uuid,
  created_at timestamp with time zone not null default platform_now(),
  sent_at timestamp with time zone,
  read_at timestamp with time zone,
  letter uuid,
  constraint mail_pkey PRIMARY KEY (funder, id),
  constraint mail_funder_account_fkey FOREIGN KEY (funder, account) REFERENCES account(funder, id),
  constraint mail_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint mail_funder_letter_fkey FOREIGN KEY (funder, letter) REFERENCES letter(funder, id)
);
CREATE INDEX mail_by_account ON mail USING btree (funder, account, created_at);
CREATE INDEX mail_by_letter ON mail USING btree (funder, letter) WHERE (letter IS NOT NULL);
CREATE INDEX mail_waiting ON mail USING btree (funder, created_at) WHERE ((letter IS NULL) AND (sent_at IS NULL));

create table migration (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default clock_timestamp(),
  constraint migration_pkey PRIMARY KEY (number)
);

create table off_platform (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  call uuid not null,
  number text not null,
  organization uuid not null,
  quota_group text,
  received_on date not null,
  counts_in_quota boolean not null default true,
  entered_by uuid not null,
  entered_at timestamp with time zone not null default platform_now(),
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  withdrawal_reason text not null default ''::text,
  constraint off_platform_pkey PRIMARY KEY (funder, id),
  constraint off_platform_funder_call_number_key UNIQUE (funder, call, number),
  constraint off_platform_funder_call_fkey FOREIGN KEY (funder, call) REFERENCES call(funder, id),
  constraint off_platform_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint off_platform_funder_organization_fkey FOREIGN KEY (funder, organization) REFERENCES organization(funder, id)
);

create table organization (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  kind text not null,
  uscc text,
  name_zh text not null,
  name_en text not null default ''::text,
  type text,
  region text,
  address text not null default ''::text,
  legal_person text not null default ''::text,
  competent_department uuid,
  department_basis text,
  parent uuid,
  quota_group text,
  medical_licence text,
  platforms jsonb not null default '[]'::jsonb,
  bases jsonb not null default '[]'::jsonb,
  standing text not null default 'PENDING'::text,
  standing_reason text not null default ''::text,
  version integer not null default 1,
  created_at timestamp with time zone not null default platform_now(),
  updated_at timestamp with time zone not null default platform_now(),
  constraint organization_pkey PRIMARY KEY (funder, id),
  constraint organization_funder_uscc_key UNIQUE (funder, uscc),
  constraint organization_funder_competent_department_fkey FOREIGN KEY (funder, competent_department) REFERENCES organization(funder, id),
  constraint organization_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint organization_funder_parent_fkey FOREIGN KEY (funder, parent) REFERENCES organization(funder, id),
  constraint organization_check CHECK (((kind <> 'INSTITUTION'::text) OR (uscc IS NOT NULL))),
  constraint organization_department_basis_check CHECK ((department_basis = ANY (ARRAY['TERRITORIAL'::text, 'AFFILIATION'::text]))),
  constraint organization_kind_check CHECK ((kind = ANY (ARRAY['INSTITUTION'::text, 'DEPARTMENT'::text, 'BUREAU'::text]))),
  constraint organization_name_zh_check CHECK ((name_zh <> ''::text)),
  constraint organization_standing_check CHECK ((standing = ANY (ARRAY['PENDING'::text, 'ACTIVE'::text, 'REFUSED'::text, 'CLOSED'::text])))
);
CREATE INDEX organization_by_department ON organization USING btree (funder, competent_department);
CREATE INDEX organization_by_quota_group ON organization USING btree (funder, quota_group) WHERE (quota_group IS NOT NULL);

create table person (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  name text not null,
  identity_type text not null,
  identity_sealed bytea not null,
  identity_hash bytea not null,
  identity_mask text not null,
  title_level text not null default 'NONE'::text,
  degree text not null default 'OTHER'::text,
  admin_rank text,
  email text not null default ''::text,
  phone_sealed bytea,
  phone_mask text not null default ''::text,
  orcid text,
  organization uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null default platform_now(),
  updated_at timestamp with time zone not null default platform_now(),
  constraint person_pkey PRIMARY KEY (funder, id),
  constraint person_funder_identity_hash_key UNIQUE (funder, identity_hash),
  constraint person_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint person_funder_organization_fkey FOREIGN KEY (funder, organization) REFERENCES organization(funder, id),
  constraint person_name_check CHECK ((name <> ''::text))
);
CREATE INDEX person_by_organization ON person USING btree (funder, organization);

create table platform_clock (
  single boolean not null default true,
  clock_offset interval not null default '00:00:00'::interval,
  demonstration boolean not null default false,
  constraint platform_clock_pkey PRIMARY KEY (single),
  constraint moved_for_a_demonstration_only CHECK ((demonstration OR (clock_offset = '00:00:00'::interval))),
  constraint platform_clock_single_check CHECK (single)
);

create table purge (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  reason text not null,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  proposed_for uuid,
  constraint purge_pkey PRIMARY KEY (funder, id),
  constraint purge_funder_application_key UNIQUE (funder, application),
  constraint purge_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id),
  constraint purge_check CHECK (((confirmed_by IS NULL) OR (confirmed_by <> proposed_by))),
  constraint purge_reason_check CHECK ((reason <> ''::text))
);

create table role_grant (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  account uuid not null,
  role text not null,
  organization uuid,
  division text,
  valid_from timestamp with time zone not null default platform_now(),
  valid_until timestamp with time zone,
  delegated_by uuid,
  granted_by uuid,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null default platform_now(),
  constraint role_grant_pkey PRIMARY KEY (funder, id),
  constraint role_grant_funder_account_fkey FOREIGN KEY (funder, account) REFERENCES account(funder, id),
  constraint role_grant_funder_delegated_by_fkey FOREIGN KEY (funder, delegated_by) REFERENCES account(funder, id),
  constraint role_grant_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint role_grant_funder_organization_fkey FOREIGN KEY (funder, organization) REFERENCES organization(funder, id),
  constraint role_grant_check CHECK (((delegated_by IS NULL) OR (valid_until IS NOT NULL))),
  constraint role_grant_check1 CHECK (((delegated_by IS NULL) OR (delegated_by <> account)))
);
CREATE INDEX role_grant_by_account ON role_grant USING btree (funder, account) WHERE (revoked_at IS NULL);
CREATE INDEX role_grant_by_role ON role_grant USING btree (funder, role, organization) WHERE (revoked_at IS NULL);

create table scan_reading (
  funder text not null,
  file text not null,
  read_by text not null,
  result jsonb not null,
  read_at timestamp with time zone not null default platform_now(),
  constraint scan_reading_pkey PRIMARY KEY (funder, file),
  constraint scan_reading_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint scan_reading_file_check CHECK ((file ~ '^[0-9a-f]{64}$'::text))
);

create table session (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  token_hash bytea not null,
  account uuid not null,
  kind text not null,
  label text not null default ''::text,
  created_at timestamp with time zone not null default platform_now(),
  last_seen_at timestamp with time zone not null default platform_now(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint session_pkey PRIMARY KEY (funder, id),
  constraint session_funder_token_hash_key UNIQUE (funder, token_hash),
  constraint session_funder_account_fkey FOREIGN KEY (funder, account) REFERENCES account(funder, id),
  constraint session_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint session_kind_check CHECK ((kind = ANY (ARRAY['WEB'::text, 'TOKEN'::text])))
);
CREATE INDEX session_by_account ON session USING btree (funder, account) WHERE (ended_at IS NULL);

create table sign_in_attempt (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  login_hash bytea not null,
  address_hash bytea not null,
  succeeded boolean not null,
  at timestamp with time zone not null default platform_now(),
  constraint sign_in_attempt_pkey PRIMARY KEY (funder, id),
  constraint sign_in_attempt_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id)
);
CREATE INDEX sign_in_attempt_by_address ON sign_in_attempt USING btree (funder, address_hash, at);
CREATE INDEX sign_in_attempt_by_pair ON sign_in_attempt USING btree (funder, login_hash, address_hash, at);

create table similar_decision (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  application uuid not null,
  other uuid not null,
  version integer,
  other_version integer,
  outcome text not null,
  reason text not null,
  by uuid not null,
  acting_for uuid,
  at timestamp with time zone not null,
  constraint similar_decision_pkey PRIMARY KEY (funder, id),
  constraint similar_decision_funder_application_fkey FOREIGN KEY (funder, application) REFERENCES application(funder, id),
  constraint similar_decision_funder_other_fkey FOREIGN KEY (funder, other) REFERENCES application(funder, id),
  constraint similar_decision_check CHECK ((other <> application)),
  constraint similar_decision_outcome_check CHECK ((outcome = ANY (ARRAY['NOT_SIMILAR'::text, 'RELATED_DECLARED'::text, 'DUPLICATE'::text]))),
  constraint similar_decision_reason_check CHECK ((reason <> ''::text))
);
CREATE INDEX similar_decision_by_application ON similar_decision USING btree (funder, application, other, at);
CREATE INDEX similar_decision_by_other ON similar_decision USING btree (funder, other, application);

create table similar_document (
  funder text not null,
  number bigint not null generated as identity,
  id text not null,
  application text not null,
  title text not null,
  entry bytea not null,
  fingerprint bytea not null,
  draw bigint not null,
  constraint similar_document_pkey PRIMARY KEY (funder, id),
  constraint similar_document_funder_number_key UNIQUE (funder, number),
  constraint similar_document_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id)
);
CREATE INDEX similar_document_by_draw ON similar_document USING btree (funder, draw);

create table similar_fingerprint (
  funder text not null,
  key integer not null,
  document bigint not null,
  constraint similar_fingerprint_pkey PRIMARY KEY (funder, key, document),
  constraint similar_fingerprint_funder_document_fkey FOREIGN KEY (funder, document) REFERENCES similar_document(funder, number) ON DELETE CASCADE
);
CREATE INDEX similar_fingerprint_by_document ON similar_fingerprint USING btree (funder, document);

create table stored_file (
  funder text not null,
  sha256 text not null,
  size bigint not null,
  mime text not null,
  created_at timestamp with time zone not null default platform_now(),
  purged_at timestamp with time zone,
  constraint stored_file_pkey PRIMARY KEY (funder, sha256),
  constraint stored_file_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id)
);

create table workbook_import (
  funder text not null,
  id uuid not null default gen_random_uuid(),
  kind text not null,
  organization uuid,
  uploaded_by uuid not null,
  uploaded_at timestamp with time zone not null default platform_now(),
  filename text not null,
  file text not null,
  reading_sealed bytea,
  done_at timestamp with time zone,
  done_by uuid,
  added integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  handed_sealed bytea,
  constraint workbook_import_pkey PRIMARY KEY (funder, id),
  constraint workbook_import_funder_done_by_fkey FOREIGN KEY (funder, done_by) REFERENCES account(funder, id),
  constraint workbook_import_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint workbook_import_funder_organization_fkey FOREIGN KEY (funder, organization) REFERENCES organization(funder, id),
  constraint workbook_import_funder_uploaded_by_fkey FOREIGN KEY (funder, uploaded_by) REFERENCES account(funder, id),
  constraint workbook_import_kind_check CHECK ((kind = ANY (ARRAY['people'::text, 'organizations'::text, 'platforms'::text, 'bases'::text, 'licences'::text, 'projects'::text, 'records'::text])))
);
CREATE INDEX workbook_import_by_account ON workbook_import USING btree (funder, uploaded_by, uploaded_at);
CREATE INDEX workbook_import_kept ON workbook_import USING btree (funder, uploaded_at) WHERE ((reading_sealed IS NOT NULL) OR (handed_sealed IS NOT NULL));

create table workbook_import_row (
  funder text not null,
  import uuid not null,
  row integer not null,
  act text not null,
  object uuid not null,
  constraint workbook_import_row_pkey PRIMARY KEY (funder, import, "row"),
  constraint workbook_import_row_funder_fkey FOREIGN KEY (funder) REFERENCES funder(id),
  constraint workbook_import_row_funder_import_fkey FOREIGN KEY (funder, import) REFERENCES workbook_import(funder, id),
  constraint workbook_import_row_act_check CHECK ((act = ANY (ARRAY['ADD'::text, 'CHANGE'::text])))
);
CREATE INDEX workbook_import_row_by_object ON workbook_import_row USING btree (funder, object);
