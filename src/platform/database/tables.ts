// Written by src/platform/database/schema.ts from the migrations: do not edit.
import type { Bytes, Defaulted, Derived, Instant, Json } from "./values.ts";

/** The columns of every table as values.ts reads and writes them. */
export type Tables = {
  account: {
    funder: string;
    id: Defaulted<string>;
    person: string;
    login: string;
    password_hash: string;
    password_set_at: Defaulted<Instant>;
    password_history: Defaulted<Json>;
    standing: Defaulted<"PENDING" | "ACTIVE" | "SUSPENDED" | "REFUSED">;
    standing_reason: Defaulted<string>;
    totp_sealed: Bytes | null;
    totp_last_step: number | null;
    totp_confirmed: Defaulted<boolean>;
    language: Defaulted<"zh" | "en">;
    version: Defaulted<number>;
    created_at: Defaulted<Instant>;
    password_due: Defaulted<boolean>;
    totp_waiting: Bytes | null;
    mail_pace: Defaulted<"ALL" | "ACTION" | "DAILY">;
  };
  advice: {
    funder: string;
    id: Defaulted<string>;
    application: string;
    version: number | null;
    fits: boolean;
    said: string;
    by: string;
    acting_for: string | null;
    at: Instant;
  };
  appeal: {
    funder: string;
    id: Defaulted<string>;
    application: string;
    grounds: string;
    filed_by: string;
    filed_at: Instant;
    outcome: "UPHELD" | "DISMISSED" | null;
    reason: string | null;
    decided_by: string | null;
    decided_at: Instant | null;
  };
  application: {
    funder: string;
    id: Defaulted<string>;
    call: string;
    number: number;
    state: string;
    version: Defaulted<number>;
    investigator: string;
    investigator_hash: Bytes;
    lead_organization: string;
    quota_group: string | null;
    division: string | null;
    frozen_version: number | null;
    rank: number | null;
    receipt_number: string | null;
    acceptance_number: string | null;
    missed: "SUBMIT" | "ENDORSE" | "INITIAL_REVIEW" | "RECOMMEND" | null;
    submitted_at: Instant | null;
    endorsed_at: Instant | null;
    recommended_at: Instant | null;
    decided_at: Instant | null;
    correction_due_at: Instant | null;
    correction_fields: Json | null;
    corrected: Defaulted<boolean>;
    appeal_due_at: Instant | null;
    withdrawal_requested_at: Instant | null;
    withdrawal_reason: string | null;
    created_by: string;
    created_at: Defaulted<Instant>;
    updated_at: Defaulted<Instant>;
  };
  application_version: {
    funder: string;
    application: string;
    number: number;
    content: Json;
    worded: Json;
    hash: string;
    code: string;
    frozen_at: Instant;
    frozen_by: string;
  };
  attachment: {
    funder: string;
    id: Defaulted<string>;
    application: string | null;
    batch: string | null;
    organization: string | null;
    type: string;
    filename: string;
    file: string;
    note: Defaulted<string>;
    uploaded_by: string;
    uploaded_at: Defaulted<Instant>;
    removed_at: Instant | null;
  };
  attachment_text: {
    funder: string;
    file: string;
    text: Defaulted<string>;
    unreadable: Json | null;
    read_at: Defaulted<Instant>;
  };
  batch: {
    funder: string;
    id: Defaulted<string>;
    call: string;
    department: string;
    number: number;
    code: string;
    state: Defaulted<"PREPARED" | "ISSUED" | "RECALLED">;
    letter_number: string | null;
    issued_on: string | null;
    issued_at: Instant | null;
    issued_by: string | null;
    recalled_at: Instant | null;
    recalled_by: string | null;
    recall_reason: string | null;
    statement: Defaulted<string>;
    paper_received_on: string | null;
    paper_posted_on: string | null;
    paper_channel: string | null;
    paper_logged_by: string | null;
    version: Defaulted<number>;
    created_by: string;
    created_at: Defaulted<Instant>;
    replaces: string | null;
  };
  batch_item: {
    funder: string;
    batch: string;
    application: string;
    sequence: number;
    living: Defaulted<boolean>;
  };
  calendar_feed: {
    funder: string;
    account: string;
    token_hash: Bytes;
    created_at: Defaulted<Instant>;
    read_at: Instant | null;
  };
  call: {
    funder: string;
    id: Defaulted<string>;
    code: string;
    policy: string;
    policy_hash: string;
    title: Json;
    apply_open_on: string;
    apply_close_on: string;
    recommend_close_on: string;
    accept_close_on: string;
    begun_before: Instant | null;
    version: Defaulted<number>;
    created_at: Defaulted<Instant>;
  };
  confirmation: {
    funder: string;
    id: Defaulted<string>;
    application: string;
    version: number;
    kind:
      | "MEMBER_CONSENT"
      | "PARTNER"
      | "BUDGET"
      | "SECRECY"
      | "INVESTIGATOR_COMMITMENT"
      | "ORGANIZATION_COMMITMENT"
      | "SEAL";
    party: string;
    agreed: boolean;
    remark: Defaulted<string>;
    hash: string | null;
    by: string;
    at: Defaulted<Instant>;
  };
  counter: {
    funder: string;
    name: string;
    value: number;
  };
  credit_check: {
    funder: string;
    id: Defaulted<string>;
    organization: string;
    call: string;
    site: string;
    result: "CLEAR" | "RECORD";
    note: Defaulted<string>;
    checked_on: string;
    evidence: string | null;
    by: string;
    at: Defaulted<Instant>;
  };
  decision: {
    funder: string;
    id: Defaulted<string>;
    application: string;
    version: number | null;
    action: string;
    from_state: string;
    to_state: string;
    reason: Defaulted<string>;
    codes: Defaulted<Json>;
    marks: Defaulted<Json>;
    checklist: Defaulted<Json>;
    findings: Defaulted<Json>;
    by: string | null;
    acting_for: string | null;
    role: string | null;
    at: Instant;
  };
  document: {
    funder: string;
    key: string;
    kind: string;
    application: string | null;
    file: string;
    pages: number;
    made_at: Defaulted<Instant>;
  };
  document_seal: {
    funder: string;
    file: string;
    seal: Json;
    made_at: Defaulted<Instant>;
  };
  draft: {
    funder: string;
    application: string;
    content: Json;
    version: Defaulted<number>;
    saved_at: Defaulted<Instant>;
    saved_by: string | null;
    title: Derived<string | null>;
    category: Derived<string | null>;
    field: Derived<string | null>;
    direction: Derived<string | null>;
    requested_grant: Derived<number | null>;
    team: Derived<Json | null>;
    partners: Derived<Json | null>;
  };
  exception: {
    funder: string;
    id: Defaulted<string>;
    application: string;
    rule: string;
    clause: string;
    reason: string;
    requested_by: string | null;
    requested_at: Instant | null;
    proposed_by: string | null;
    proposed_at: Instant | null;
    confirmed_by: string | null;
    confirmed_at: Instant | null;
    refused_at: Instant | null;
    refused_reason: string | null;
    opinion: Defaulted<string>;
    proposed_for: string | null;
  };
  funder: {
    id: string;
    name: Json;
    created_at: Defaulted<Instant>;
  };
  idempotency_key: {
    funder: string;
    account: string;
    key: string;
    action: string;
    input_hash: Bytes;
    result: Json;
    at: Defaulted<Instant>;
  };
  integrity_record: {
    funder: string;
    id: Defaulted<string>;
    subject_kind: "PERSON" | "ORGANIZATION";
    subject_hash: Bytes | null;
    subject_uscc: string | null;
    subject_name: string;
    kind: "MISCONDUCT" | "SOCIAL_CREDIT";
    decision_number: string;
    source: string;
    valid_from: string;
    valid_to: string | null;
    withdrawn_at: Instant | null;
    withdrawn_reason: string | null;
    created_by: string | null;
    created_at: Defaulted<Instant>;
  };
  internal_deadline: {
    funder: string;
    call: string;
    organization: string;
    close_at: Instant;
    set_by: string | null;
    updated_at: Defaulted<Instant>;
  };
  known_project: {
    funder: string;
    id: Defaulted<string>;
    number: string;
    title: string;
    programme: "INNOVATION_FUND" | "OTHER";
    category: string | null;
    investigator_hash: Bytes | null;
    investigator_name: Defaulted<string>;
    lead_organization: string | null;
    period_end: string;
    closeout: "PENDING" | "PASSED" | "FAILED";
    version: Defaulted<number>;
    created_at: Defaulted<Instant>;
  };
  ledger_entry: {
    funder: string;
    id: Defaulted<string>;
    action: string;
    actor: string | null;
    acting_for: string | null;
    role: string | null;
    object_kind: string;
    object_id: string;
    at: Defaulted<Instant>;
    body: Defaulted<Json>;
    number: number | null;
    previous_hash: Bytes | null;
    hash: Bytes | null;
  };
  ledger_head: {
    funder: string;
    number: number;
    root: Bytes;
    at: Instant;
    key: Bytes;
    signature: Bytes;
  };
  ledger_node: {
    funder: string;
    level: number;
    position: number;
    hash: Bytes;
  };
  letter: {
    funder: string;
    id: Defaulted<string>;
    account: string;
    kind: "NOTICE" | "DIGEST";
    created_at: Defaulted<Instant>;
    attempts: Defaulted<number>;
    next_at: Defaulted<Instant>;
    lease: string | null;
    leased_until: Instant | null;
    unanswered: Defaulted<number>;
    edition: Defaulted<number>;
    address: string | null;
    sent_at: Instant | null;
    way: "SMTP" | "LOG" | "PAST" | null;
    stopped_at: Instant | null;
    fault: string | null;
  };
  mail: {
    funder: string;
    id: Defaulted<string>;
    account: string;
    template: string;
    facts: Json;
    link: Defaulted<string>;
    application: string | null;
    created_at: Defaulted<Instant>;
    sent_at: Instant | null;
    read_at: Instant | null;
    letter: string | null;
  };
  migration: {
    number: number;
    name: string;
    sha256: string;
    applied_at: Defaulted<Instant>;
  };
  off_platform: {
    funder: string;
    id: Defaulted<string>;
    call: string;
    number: string;
    organization: string;
    quota_group: string | null;
    received_on: string;
    counts_in_quota: Defaulted<boolean>;
    entered_by: string;
    entered_at: Defaulted<Instant>;
    withdrawn_at: Instant | null;
    withdrawn_by: string | null;
    withdrawal_reason: Defaulted<string>;
  };
  organization: {
    funder: string;
    id: Defaulted<string>;
    kind: "INSTITUTION" | "DEPARTMENT" | "BUREAU";
    uscc: string | null;
    name_zh: string;
    name_en: Defaulted<string>;
    type: string | null;
    region: string | null;
    address: Defaulted<string>;
    legal_person: Defaulted<string>;
    competent_department: string | null;
    department_basis: "TERRITORIAL" | "AFFILIATION" | null;
    parent: string | null;
    quota_group: string | null;
    medical_licence: string | null;
    platforms: Defaulted<Json>;
    bases: Defaulted<Json>;
    standing: Defaulted<"PENDING" | "ACTIVE" | "REFUSED" | "CLOSED">;
    standing_reason: Defaulted<string>;
    version: Defaulted<number>;
    created_at: Defaulted<Instant>;
    updated_at: Defaulted<Instant>;
  };
  person: {
    funder: string;
    id: Defaulted<string>;
    name: string;
    identity_type: string;
    identity_sealed: Bytes;
    identity_hash: Bytes;
    identity_mask: string;
    title_level: Defaulted<string>;
    degree: Defaulted<string>;
    admin_rank: string | null;
    email: Defaulted<string>;
    phone_sealed: Bytes | null;
    phone_mask: Defaulted<string>;
    orcid: string | null;
    organization: string | null;
    version: Defaulted<number>;
    created_at: Defaulted<Instant>;
    updated_at: Defaulted<Instant>;
  };
  platform_clock: {
    single: Defaulted<boolean>;
    clock_offset: Defaulted<string>;
    demonstration: Defaulted<boolean>;
  };
  purge: {
    funder: string;
    id: Defaulted<string>;
    application: string;
    reason: string;
    proposed_by: string;
    proposed_at: Instant;
    confirmed_by: string | null;
    confirmed_at: Instant | null;
    proposed_for: string | null;
  };
  role_grant: {
    funder: string;
    id: Defaulted<string>;
    account: string;
    role: string;
    organization: string | null;
    division: string | null;
    valid_from: Defaulted<Instant>;
    valid_until: Instant | null;
    delegated_by: string | null;
    granted_by: string | null;
    revoked_at: Instant | null;
    created_at: Defaulted<Instant>;
  };
  scan_reading: {
    funder: string;
    file: string;
    read_by: string;
    result: Json;
    read_at: Defaulted<Instant>;
  };
  session: {
    funder: string;
    id: Defaulted<string>;
    token_hash: Bytes;
    account: string;
    kind: "WEB" | "TOKEN";
    label: Defaulted<string>;
    created_at: Defaulted<Instant>;
    last_seen_at: Defaulted<Instant>;
    expires_at: Instant;
    ended_at: Instant | null;
  };
  sign_in_attempt: {
    funder: string;
    id: Defaulted<string>;
    login_hash: Bytes;
    address_hash: Bytes;
    succeeded: boolean;
    at: Defaulted<Instant>;
  };
  similar_decision: {
    funder: string;
    id: Defaulted<string>;
    application: string;
    other: string;
    version: number | null;
    other_version: number | null;
    outcome: "NOT_SIMILAR" | "RELATED_DECLARED" | "DUPLICATE";
    reason: string;
    by: string;
    acting_for: string | null;
    at: Instant;
  };
  similar_document: {
    funder: string;
    number: Defaulted<number>;
    id: string;
    application: string;
    title: string;
    entry: Bytes;
    fingerprint: Bytes;
    draw: number;
  };
  similar_fingerprint: {
    funder: string;
    key: number;
    document: number;
  };
  stored_file: {
    funder: string;
    sha256: string;
    size: number;
    mime: string;
    created_at: Defaulted<Instant>;
    purged_at: Instant | null;
  };
  workbook_import: {
    funder: string;
    id: Defaulted<string>;
    kind: "people" | "organizations" | "platforms" | "bases" | "licences" | "projects" | "records";
    organization: string | null;
    uploaded_by: string;
    uploaded_at: Defaulted<Instant>;
    filename: string;
    file: string;
    reading_sealed: Bytes | null;
    done_at: Instant | null;
    done_by: string | null;
    added: Defaulted<number>;
    changed: Defaulted<number>;
    unchanged: Defaulted<number>;
    handed_sealed: Bytes | null;
  };
  workbook_import_row: {
    funder: string;
    import: string;
    row: number;
    act: "ADD" | "CHANGE";
    object: string;
  };
};
