-- What must hold at every moment: each query names the rows that break it, and returns none.
-- Run after database tests and against production (src/platform/database/invariants.ts), in one read-only transaction.
-- `-- name:` begins a query; the comment after it says what must hold.

-- name: one-clock
-- The platform has exactly one clock.
select count(*) as clocks from platform_clock having count(*) <> 1;

-- name: keys-begin-with-the-funder
-- Every table but the ground ones has a primary key that begins with the funder.
select c.relname::text as "table" from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  and c.relname not in ('migration', 'platform_clock', 'funder')
  and not exists (
    select from pg_constraint o
    join pg_attribute a on a.attrelid = o.conrelid and a.attnum = o.conkey[1] and a.attname = 'funder'
    where o.conrelid = c.oid and o.contype = 'p');

-- name: references-stay-inside-a-funder
-- A foreign key carries the funder along, unless it points at the funder itself.
select o.conrelid::regclass::text as "table", o.conname::text as reference from pg_constraint o
join pg_attribute own on own.attrelid = o.conrelid and own.attnum = o.conkey[1]
join pg_attribute other on other.attrelid = o.confrelid and other.attnum = o.confkey[1]
where o.contype = 'f' and o.connamespace = 'public'::regnamespace and o.confrelid <> 'funder'::regclass
  and (own.attname <> 'funder' or other.attname <> 'funder');

-- name: quota-not-exceeded
-- No quota group, and no unit on its own, holds more places in a call and category than its policy pack gives it (off-platform ones included).
with pack as (
  select one ->> 'hash' as hash, one as quota
  from jsonb_array_elements(coalesce(nullif(current_setting('zhinan.quotas', true), ''), '[]')::jsonb) as one
), place as (
  select a.funder, a.call, v.content ->> 'category' as category, coalesce(a.quota_group, '=' || a.lead_organization) as pool
  from application a
  join application_version v on v.funder = a.funder and v.application = a.id and v.number = a.frozen_version
  join call c on c.funder = a.funder and c.id = a.call
  join pack p on p.hash = c.policy_hash
  where p.quota -> 'countedStates' ? a.state and p.quota -> 'categories' ? (v.content ->> 'category')
  union all
  select o.funder, o.call, p.quota -> 'categories' ->> 0, coalesce(o.quota_group, '=' || o.organization)
  from off_platform o
  join call c on c.funder = o.funder and c.id = o.call
  join pack p on p.hash = c.policy_hash
  where o.counts_in_quota and o.withdrawn_at is null
)
select place.funder, c.code as call, place.category, place.pool, count(*) as held
from place
join call c on c.funder = place.funder and c.id = place.call
join pack p on p.hash = c.policy_hash
group by place.funder, c.code, place.category, place.pool, p.quota
having count(*) > coalesce((p.quota -> 'limits' ->> place.pool)::int, (p.quota ->> 'otherwise')::int);

-- name: one-standing-application
-- An investigator has at most one standing application in a call.
select funder, call, array_agg(id) as applications from application
where state not in ('DRAFT', 'RETURNED_TO_PI', 'ORG_REJECTED', 'DEPT_REJECTED', 'WITHDRAWN', 'LAPSED', 'PURGED')
group by funder, call, investigator_hash having count(*) > 1;

-- name: investigator-is-the-person
-- The hash that keeps an investigator to one application is that of the investigator's identity number.
select a.funder, a.id from application a
join person p on p.funder = a.funder and p.id = a.investigator
where p.identity_hash <> a.investigator_hash;

-- name: states-are-decided
-- An application is where its decisions led: it entered each state as often as it left it, but for the first and the present one.
with step as (
  select funder, application, to_state as state, 1 as entered from decision
  union all select funder, application, from_state, -1 from decision
  union all select funder, id, state, -1 from application
  union all select funder, id, 'DRAFT', 1 from application
)
select funder, application, state, sum(entered) as balance from step
group by funder, application, state having sum(entered) <> 0;

-- name: decisions-are-in-the-ledger
-- Every decision has its ledger entry: the same act at the same instant.
select d.funder, d.id, d.action from decision d
where not exists (
  select from ledger_entry e where e.funder = d.funder and e.action = d.action and e.at = d.at);

-- name: applications-are-in-the-ledger
-- Every application was begun by an act that the ledger knows.
select a.funder, a.id from application a
where not exists (
  select from ledger_entry e where e.funder = a.funder and e.object_kind = 'application' and e.object_id = a.id::text);

-- name: ledger-has-no-gap
-- The numbers of the ledger run from 1 without a gap, and each entry names the hash of the one before it.
select e.funder, e.number from ledger_entry e
left join ledger_entry before on before.funder = e.funder and before.number = e.number - 1
where e.number > 1 and before.hash is distinct from e.previous_hash;

-- name: what-was-filed-is-frozen
-- Whatever left the draft has the version that it names.
select a.funder, a.id, a.state, a.frozen_version from application a
left join application_version v on v.funder = a.funder and v.application = a.id and v.number = a.frozen_version
where a.state <> 'PURGED' and v.number is null
  and (a.frozen_version is not null or a.state not in ('DRAFT', 'WITHDRAWN', 'LAPSED'));

-- name: versions-run-from-one
-- Frozen versions are numbered from 1 without a gap, and the application names the last.
select a.funder, a.id from application a
join application_version v on v.funder = a.funder and v.application = a.id
group by a.funder, a.id, a.frozen_version, a.state
having a.state <> 'PURGED'
  and (count(*) <> max(v.number) or min(v.number) <> 1 or max(v.number) is distinct from a.frozen_version);

-- name: every-application-has-its-draft
-- What is being written is there as long as the content may be.
select a.funder, a.id from application a
where a.state <> 'PURGED'
  and not exists (select from draft d where d.funder = a.funder and d.application = a.id);

-- name: confirmations-name-a-version
-- A consent, commitment or seal is bound to a version that exists, a commitment to its very content.
select c.funder, c.id, c.kind from confirmation c
join application a on a.funder = c.funder and a.id = c.application
left join application_version v on v.funder = c.funder and v.application = c.application and v.number = c.version
where c.version > 0 and a.state <> 'PURGED'
  and (v.number is null
    or (c.kind in ('INVESTIGATOR_COMMITMENT', 'ORGANIZATION_COMMITMENT') and c.hash is not null and c.hash <> v.hash));

-- name: stages-are-stamped
-- Whoever reached the department was endorsed at some instant, whoever is recommended was recommended at one.
select funder, id, state from application
where (endorsed_at is null and state in ('DEPT_REVIEW', 'DEPT_PASSED', 'DEPT_REJECTED', 'RECOMMENDED', 'ACCEPTANCE',
    'CORRECTION', 'ACCEPTED', 'NOT_ACCEPTED', 'APPEAL'))
  or (recommended_at is null and state in ('RECOMMENDED', 'ACCEPTANCE', 'CORRECTION', 'ACCEPTED', 'NOT_ACCEPTED', 'APPEAL'));

-- name: recommended-by-a-letter
-- Whoever is recommended stands in one living batch whose letter is issued.
select a.funder, a.id, a.state from application a
where a.state in ('RECOMMENDED', 'ACCEPTANCE', 'CORRECTION', 'ACCEPTED', 'NOT_ACCEPTED', 'APPEAL')
  and 1 <> (
    select count(*) from batch_item i join batch b on b.funder = i.funder and b.id = i.batch
    where i.funder = a.funder and i.application = a.id and i.living and b.state = 'ISSUED');

-- name: letters-recommend
-- An issued letter lists no application that is not recommended yet, or never was.
select i.funder, i.batch, i.application, a.state from batch_item i
join batch b on b.funder = i.funder and b.id = i.batch and b.state = 'ISSUED'
join application a on a.funder = i.funder and a.id = i.application
where i.living and a.state in ('DRAFT', 'RETURNED_TO_PI', 'ORG_REVIEW', 'ORG_REJECTED', 'DEPT_REVIEW', 'DEPT_PASSED',
  'DEPT_REJECTED', 'LAPSED');

-- name: recalled-letters-hold-nothing
-- A recalled letter has no living item.
select i.funder, i.batch, i.application from batch_item i
join batch b on b.funder = i.funder and b.id = i.batch
where i.living and b.state = 'RECALLED';

-- name: batches-keep-to-their-call
-- A batch lists applications of its own call, each at a place of its own.
select i.funder, i.batch, i.application from batch_item i
join batch b on b.funder = i.funder and b.id = i.batch
join application a on a.funder = i.funder and a.id = i.application
where a.call <> b.call
union all
select funder, batch, null from batch_item group by funder, batch, sequence having count(*) > 1;

-- name: one-correction
-- Correction is asked for once, with a last day.
select funder, application as id from decision where action = 'acceptance.requestCorrection'
group by funder, application having count(*) > 1
union all
select funder, id from application where state = 'CORRECTION' and correction_due_at is null;

-- name: refusals-have-codes
-- Who refuses or does not recommend gives at least one reason code.
select funder, id, action from decision
where action in ('acceptance.refuse', 'recommendation.decline')
  and (jsonb_typeof(codes) <> 'array' or jsonb_array_length(codes) = 0);

-- name: returns-say-why
-- Who returns or declines an application says why, in words or at a field, until its content is destroyed.
select d.funder, d.id, d.action from decision d
join application a on a.funder = d.funder and a.id = d.application and a.state <> 'PURGED'
where d.action in ('endorsement.return', 'endorsement.reject', 'recommendation.return')
  and d.reason = '' and d.marks = '[]';

-- name: accepted-have-a-number
-- An acceptance number belongs to what was accepted, and everything accepted has one.
select funder, id, state, acceptance_number from application
where (state in ('ACCEPTED', 'IN_REVIEW', 'REVIEWED', 'PROPOSED', 'PUBLICITY', 'OBJECTION_HOLD', 'AWARDED', 'NOT_AWARDED')
    and acceptance_number is null)
  or (acceptance_number is not null and state in ('DRAFT', 'RETURNED_TO_PI', 'ORG_REVIEW', 'ORG_REJECTED', 'DEPT_REVIEW',
    'DEPT_PASSED', 'DEPT_REJECTED', 'RECOMMENDED', 'ACCEPTANCE', 'CORRECTION', 'NOT_ACCEPTED', 'APPEAL', 'LAPSED', 'PURGED'));

-- name: lapsed-say-what-was-missed
-- A lapsed application says which step missed its date; no other does.
select funder, id, state, missed from application where (state = 'LAPSED') <> (missed is not null);

-- name: appeals-are-decided-by-another
-- Nobody decides the appeal against their own refusal.
select p.funder, p.application from appeal p
join decision d on d.funder = p.funder and d.application = p.application and d.action = 'acceptance.refuse'
where p.decided_by in (d.by, d.acting_for);

-- name: appeals-are-open-or-decided
-- An application is under appeal exactly while its appeal waits; a decided one has its outcome, reason, officer and instant.
select a.funder, a.id from application a
left join appeal p on p.funder = a.funder and p.application = a.id and p.outcome is null
where (a.state = 'APPEAL') <> (p.id is not null)
union all
select funder, application from appeal
where (outcome is null) <> (decided_at is null) or (outcome is null) <> (decided_by is null)
  or (outcome is not null and coalesce(reason, '') = '');

-- name: exceptions-take-two
-- An exception was proposed by one person and confirmed by another, and is not refused as well.
select funder, id, rule from exception
where (confirmed_by is null) <> (confirmed_at is null) or confirmed_by = proposed_by
  or (confirmed_by is not null and proposed_by is null) or (confirmed_at is not null and refused_at is not null);

-- name: purged-by-two
-- Content is destroyed exactly when a second security administrator has confirmed it.
select a.funder, a.id from application a
left join purge p on p.funder = a.funder and p.application = a.id and p.confirmed_by is not null
where (a.state = 'PURGED') <> (p.id is not null) or p.confirmed_by = p.proposed_by;

-- name: purged-is-gone
-- Nothing is left of destroyed content: no draft, no version, no file.
select a.funder, a.id from application a
where a.state = 'PURGED' and (
  exists (select from draft d where d.funder = a.funder and d.application = a.id and coalesce(d.content ->> 'title', '') <> '')
  or exists (select from application_version v where v.funder = a.funder and v.application = a.id
    and (coalesce(v.content ->> 'title', '') <> '' or v.worded not in ('{}', '[]', 'null')))
  or exists (select from attachment t join stored_file f on f.funder = t.funder and f.sha256 = t.file
    where t.funder = a.funder and t.application = a.id and t.removed_at is null and f.purged_at is null));

-- name: files-are-there
-- An attachment that is shown has a file that was not destroyed.
select t.funder, t.id from attachment t
join stored_file f on f.funder = t.funder and f.sha256 = t.file
left join application a on a.funder = t.funder and a.id = t.application
where t.removed_at is null and f.purged_at is not null and a.state is distinct from 'PURGED';

-- name: no-plain-identity-number
-- No identity number of a resident stands in clear text in anything that is kept about an application or an act.
with kept as (
  select funder, 'draft' as "where", application::text as id, content::text as said from draft
  union all select funder, 'application_version', application::text, content::text || worded::text from application_version
  union all select funder, 'decision', id::text, reason || marks::text || checklist::text || findings::text from decision
  union all select funder, 'ledger_entry', id::text, body::text from ledger_entry
  union all select funder, 'mail', id::text, facts::text || link from mail
  union all select funder, 'idempotency_key', key, result::text from idempotency_key
  union all select funder, 'person', id::text, name || ' ' || identity_mask || ' ' || phone_mask from person
)
select funder, "where", id from kept
where said ~ '(?<![0-9A-Za-z_-])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z_-])';

-- name: delegations-end
-- A lent role has an end, after its beginning, and is not lent to oneself.
select funder, id from role_grant
where delegated_by is not null and (valid_until is null or valid_until <= valid_from or delegated_by = account);

-- name: only-own-roles-are-lent
-- Whoever lends a role held it, and not as a loan.
select g.funder, g.id from role_grant g
where g.delegated_by is not null and not exists (
  select from role_grant own
  where own.funder = g.funder and own.account = g.delegated_by and own.role = g.role and own.delegated_by is null
    and own.organization is not distinct from g.organization);

-- name: administrators-are-separated
-- Nobody holds two of the three administrators' roles at once.
select funder, account from role_grant
where role in ('SYS_ADMIN', 'SEC_ADMIN', 'AUDIT_ADMIN') and revoked_at is null
  and (valid_until is null or valid_until > platform_now())
group by funder, account having count(distinct role) > 1;

-- name: only-active-accounts-are-signed-in
-- No session is open of an account that is not active.
select s.funder, s.id, a.standing from session s
join account a on a.funder = s.funder and a.id = s.account
where s.ended_at is null and s.expires_at > platform_now() and a.standing <> 'ACTIVE';

-- name: second-factors-have-a-secret
-- A second factor that is asked for has its secret.
select funder, id from account where totp_confirmed and totp_sealed is null;

-- name: counters-stand-at-the-last-number
-- Applications of a call are numbered from 1 without a gap, and the counter stands at the last number.
select a.funder, a.call, count(*) as applications, max(a.number) as last, max(n.value) as counter from application a
left join counter n on n.funder = a.funder and n.name = 'application ' || a.call
group by a.funder, a.call
having count(*) <> max(a.number) or max(n.value) is distinct from max(a.number);
