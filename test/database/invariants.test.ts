import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database, Transaction } from "../../src/platform/database/connect.ts";
import { brokenInvariants, checkInvariants, readInvariants } from "../../src/platform/database/invariants.ts";
import { loadPolicy } from "../../src/platform/policies.ts";
import { freshDatabase } from "../database.ts";

/** Each invariant is broken in SQL, behind the back of keys and triggers, and must be named. */

const policy = await loadPolicy("dalian-2024");
const limited = policy.programme.categories.find((one) => one.quota)!.code;

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
  await database.kysely.transaction().execute(async (transaction) => {
    await run(transaction, "set local session_replication_role = replica");
    await run(transaction, world);
  });
});
afterAll(() => database.close());

const run = (transaction: Transaction, text: string) => sql.raw(text).execute(transaction);
const id = (kind: string, number: number): string =>
  `'${kind}0000000-0000-4000-8000-${String(number).padStart(12, "0")}'`;
const person = (number: number) => id("a", number);
const account = (number: number) => id("b", number);
const application = (number: number) => id("c", number);
const [call, otherCall, institution, department, batch, file] = [
  id("d", 1),
  id("d", 2),
  id("e", 1),
  id("e", 2),
  id("f", 1),
  "repeat('0', 64)",
];
const at = "'2024-06-20T10:00:00+08:00'";

/** A step of an application's life, with its entry in the ledger. */
const step = (one: number, action: string, from: string, to: string, more = "'[]'"): string => `
  insert into decision (funder, application, action, from_state, to_state, reason, codes, by, at)
    values ('fund', ${application(one)}, '${action}', '${from}', '${to}', '因', ${more}, ${account(2)}, ${at});
  insert into ledger_entry (funder, action, object_kind, object_id, at, body)
    values ('fund', '${action}', 'application', ${application(one)}, ${at}, '{}');`;

const begun = (one: number, state: string): string => `
  insert into application (funder, id, call, number, state, investigator, investigator_hash, lead_organization, created_by, created_at,
      endorsed_at, recommended_at)
    values ('fund', ${application(one)}, ${call}, ${one}, '${state}', ${person(one)}, '\\x0${one}', ${institution}, ${account(1)}, ${at},
      ${at}, ${at});
  insert into draft (funder, application, content) values ('fund', ${application(one)}, '{"title": "题目"}');
  insert into ledger_entry (funder, action, object_kind, object_id, at)
    values ('fund', 'application.create', 'application', ${application(one)}, ${at});`;

const frozen = (one: number): string => `
  insert into application_version (funder, application, number, content, worded, hash, code, frozen_at, frozen_by)
    values ('fund', ${application(one)}, 1, '{"title": "题目", "category": "${limited}"}', '[]', 'h${one}', 'code-${one}', ${at}, ${account(1)});
  update application set frozen_version = 1 where id = ${application(one)};`;

const recommended = (one: number): string =>
  frozen(one) +
  step(one, "application.submit", "DRAFT", "ORG_REVIEW") +
  step(one, "endorsement.approve", "ORG_REVIEW", "DEPT_REVIEW") +
  step(one, "recommendation.pass", "DEPT_REVIEW", "DEPT_PASSED") +
  step(one, "recommendation.issue", "DEPT_PASSED", "RECOMMENDED") +
  `insert into batch_item (funder, batch, application, sequence) values ('fund', ${batch}, ${application(one)}, ${one});`;

/** A draft, an application with the institution, one recommended, one refused and appealed, one accepted, one lapsed, one destroyed. */
const world = `
  insert into funder (id, name) values ('fund', '{}');
  insert into organization (funder, id, kind, uscc, name_zh, competent_department)
    values ('fund', ${institution}, 'INSTITUTION', 'u1', '某院', ${department}), ('fund', ${department}, 'DEPARTMENT', null, '某局', null);
  insert into person (funder, id, name, identity_type, identity_sealed, identity_hash, identity_mask)
    select 'fund', ('a0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, '某人', 'RESIDENT_ID', '', decode('0' || n, 'hex'), '2102**********4516'
    from generate_series(1, 9) as n;
  insert into account (funder, id, person, login, password_hash, standing)
    select 'fund', ('b0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
      ('a0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'login' || n, '', 'ACTIVE' from generate_series(1, 3) as n;
  insert into role_grant (funder, account, role) values ('fund', ${account(1)}, 'SEC_ADMIN'), ('fund', ${account(2)}, 'ACCEPTANCE_OFFICER');
  insert into role_grant (funder, account, role, delegated_by, valid_until)
    values ('fund', ${account(3)}, 'ACCEPTANCE_OFFICER', ${account(2)}, platform_now() + interval '9 days');
  insert into session (funder, token_hash, account, kind, expires_at) values ('fund', '', ${account(1)}, 'WEB', platform_now() + interval '1 day');
  insert into call (funder, id, code, policy, policy_hash, title, apply_open_on, apply_close_on, recommend_close_on, accept_close_on)
    select 'fund', c::uuid, c, '${policy.id}', '${policy.hash}', '{}', '2024-05-30', '2024-06-30', '2024-07-05', '2024-07-05'
    from unnest(array[${call}, ${otherCall}]) as c;
  insert into batch (funder, id, call, department, number, code, state, letter_number, issued_at, issued_by, created_by)
    values ('fund', ${batch}, ${call}, ${department}, 1, 'B1', 'ISSUED', '某函1', ${at}, ${account(2)}, ${account(2)});
  ${begun(1, "DRAFT")}
  ${begun(2, "ORG_REVIEW")} ${frozen(2)} ${step(2, "application.submit", "DRAFT", "ORG_REVIEW")}
  insert into confirmation (funder, application, version, kind, party, agreed, hash, by)
    values ('fund', ${application(2)}, 1, 'INVESTIGATOR_COMMITMENT', 'p', true, 'h2', ${account(1)});
  ${begun(3, "RECOMMENDED")} ${recommended(3)}
  ${begun(4, "APPEAL")} ${recommended(4)}
  ${step(4, "system.beginAcceptance", "RECOMMENDED", "ACCEPTANCE")}
  ${step(4, "acceptance.refuse", "ACCEPTANCE", "NOT_ACCEPTED", `'["R01"]'`)}
  ${step(4, "appeal.file", "NOT_ACCEPTED", "APPEAL")}
  insert into appeal (funder, application, grounds, filed_by, filed_at) values ('fund', ${application(4)}, '因', ${account(1)}, ${at});
  ${begun(5, "ACCEPTED")} ${frozen(5)}
  update application set acceptance_number = 'N5' where id = ${application(5)};
  ${step(5, "application.submit", "DRAFT", "ACCEPTED")}
  insert into batch_item (funder, batch, application, sequence) values ('fund', ${batch}, ${application(5)}, 5);
  ${begun(6, "LAPSED")} ${step(6, "system.lapse", "DRAFT", "LAPSED")}
  update application set missed = 'SUBMIT' where id = ${application(6)};
  ${begun(7, "PURGED")} ${step(7, "acceptance.purge", "DRAFT", "PURGED")}
  delete from draft where application = ${application(7)};
  insert into purge (funder, application, reason, proposed_by, proposed_at, confirmed_by, confirmed_at)
    values ('fund', ${application(7)}, '因', ${account(1)}, ${at}, ${account(2)}, ${at});
  insert into stored_file (funder, sha256, size, mime) values ('fund', ${file}, 1, 'application/pdf');
  insert into attachment (funder, application, type, filename, file, uploaded_by)
    values ('fund', ${application(2)}, 'SCAN', 'a.pdf', ${file}, ${account(1)});
  insert into exception (funder, application, rule, clause, reason, proposed_by) values ('fund', ${application(2)}, 'r', 'c', '因', ${account(1)});
  insert into counter (funder, name, value) values ('fund', 'application ' || ${call}::text, 7);
  -- One application alone holds a place of the quota: these two are of a category without one.
  update application_version set content = '{"title": "题目", "category": "OTHER"}' where application in (${application(4)}, ${application(5)});
`;

const secondClock =
  "alter table platform_clock drop constraint platform_clock_pkey; insert into platform_clock default values";
const outside = (count: number) => `
  insert into off_platform (funder, call, number, organization, received_on, entered_by)
  select 'fund', ${call}, 'S' || n, ${institution}, '2024-06-20', ${account(1)} from generate_series(1, ${count}) as n`;

/** Name -> SQL that breaks it. */
const breaks: Readonly<Record<string, string>> = {
  "one-clock": secondClock,
  "keys-begin-with-the-funder": "create table stray (id int primary key)",
  "references-stay-inside-a-funder":
    "create table stray (funder text, number int references migration (number), primary key (funder, number))",
  "quota-not-exceeded": outside(policy.programme.quota.otherwise.limit),
  "one-standing-application": `drop index application_one_standing;
    update application set investigator_hash = '\\x03', investigator = ${person(3)} where id = ${application(2)}`,
  "investigator-is-the-person": `update application set investigator_hash = '\\x09' where id = ${application(1)}`,
  "states-are-decided": `update application set state = 'DEPT_REVIEW' where id = ${application(2)}`,
  "decisions-are-in-the-ledger": `delete from ledger_entry where action = 'acceptance.refuse'`,
  "applications-are-in-the-ledger": `delete from ledger_entry where object_id = ${application(1)}`,
  "ledger-has-no-gap": `insert into ledger_entry (funder, action, object_kind, object_id, number, previous_hash, hash)
    select 'fund', 'x', 'x', 'x', n, sha256('x'), sha256('y') from unnest(array[1, 3]) as n`,
  "what-was-filed-is-frozen": `update application set frozen_version = null where id = ${application(2)};
    delete from application_version where application = ${application(2)}`,
  "versions-run-from-one": `update application_version set number = 2 where application = ${application(3)};
    update application set frozen_version = 2 where id = ${application(3)}`,
  "every-application-has-its-draft": `delete from draft where application = ${application(1)}`,
  "confirmations-name-a-version": "update confirmation set hash = 'other'",
  "stages-are-stamped": `update application set recommended_at = null where id = ${application(3)}`,
  "recommended-by-a-letter": `delete from batch_item where application = ${application(3)}`,
  "letters-recommend": `insert into batch_item (funder, batch, application, sequence) values ('fund', ${batch}, ${application(2)}, 9)`,
  "recalled-letters-hold-nothing": "update batch set state = 'RECALLED'",
  "batches-keep-to-their-call": `update batch_item set sequence = 4 where application = ${application(3)}`,
  "one-correction": [1, 2]
    .map(() => step(3, "acceptance.requestCorrection", "RECOMMENDED", "RECOMMENDED"))
    .join(""),
  "refusals-have-codes": "update decision set codes = '[]' where action = 'acceptance.refuse'",
  "returns-say-why": `${step(2, "endorsement.return", "ORG_REVIEW", "ORG_REVIEW")}
    update decision set reason = '' where action = 'endorsement.return'`,
  "accepted-have-a-number": `update application set acceptance_number = null where id = ${application(5)}`,
  "lapsed-say-what-was-missed": `update application set missed = null where id = ${application(6)}`,
  "appeals-are-decided-by-another": `update appeal set decided_by = ${account(2)}`,
  "appeals-are-open-or-decided": `update appeal set outcome = 'DISMISSED', reason = '因', decided_by = ${account(1)}, decided_at = ${at}`,
  "exceptions-take-two": `alter table exception drop constraint exception_check;
    update exception set confirmed_by = proposed_by, confirmed_at = ${at}`,
  "purged-by-two": "update purge set confirmed_by = null",
  "purged-is-gone": `insert into draft (funder, application, content) values ('fund', ${application(7)}, '{"title": "题目"}')`,
  "files-are-there": `update stored_file set purged_at = ${at}`,
  "no-plain-identity-number": `update draft set content = '{"title": "题目", "members": [{"id": "11010519491231002X"}]}' where application = ${application(1)}`,
  "delegations-end": `alter table role_grant drop constraint role_grant_check;
    update role_grant set valid_until = null where delegated_by is not null`,
  "only-own-roles-are-lent": "update role_grant set role = 'SYS_ADMIN' where delegated_by is not null",
  "administrators-are-separated": `insert into role_grant (funder, account, role) values ('fund', ${account(1)}, 'AUDIT_ADMIN')`,
  "only-active-accounts-are-signed-in": "update account set standing = 'SUSPENDED'",
  "second-factors-have-a-secret": `update account set totp_confirmed = true where id = ${account(1)}`,
  "counters-stand-at-the-last-number": "update counter set value = 6",
};

describe("invariants", () => {
  it("hold in a world as it should be", async () => {
    expect(await checkInvariants(database)).toEqual([]);
  });

  it("all have a name, a sentence and a case that breaks them", async () => {
    const invariants = await readInvariants();
    expect(invariants.map(({ name }) => name).sort()).toEqual(Object.keys(breaks).sort());
    for (const { holds } of invariants) expect(holds).toMatch(/^[A-Z].+\.$/);
  });

  it.each(Object.entries(breaks))("%s", async (name, broken) => {
    class Undone extends Error {}
    let found: readonly string[] = [];
    const undone = database.kysely.transaction().execute(async (transaction) => {
      await run(transaction, "set local session_replication_role = replica");
      await run(transaction, broken);
      found = (await brokenInvariants(transaction, [policy])).map((one) => one.name);
      throw new Undone();
    });
    await expect(undone).rejects.toThrow(Undone);
    expect(found).toContain(name);
  });

  it("leave the last place of a quota to be taken", async () => {
    await database.kysely.transaction().execute(async (transaction) => {
      await run(transaction, outside(policy.programme.quota.otherwise.limit - 1));
      expect(await brokenInvariants(transaction, [policy])).toEqual([]);
    });
  });
});
