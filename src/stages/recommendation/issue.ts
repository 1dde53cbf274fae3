import { z } from "zod";
import { civilDateOf } from "../../core/calendar.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { define, type Performing } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { Denied, type Ground, refused, Taken } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { groundsOf, judgeApplication } from "../application/casefile.ts";
import { type ApplicationFacts, applicationFacts } from "../application/facts.ts";
import { move } from "../application/life.ts";
import { type BatchFacts, batchFacts, mustBePrepared } from "./batch.ts";
import { civilDate, creditChecksOf, creditGround } from "./credit.ts";
import { filedContent } from "./filed.ts";
import { mustBeInTime } from "./in-time.ts";
import { letterNumber, onBatch } from "./prepare.ts";
import { groupOf, lockPools, type Places, placesOf, poolOf } from "./quota.ts";
import { tellApplicants } from "./tell.ts";

/** A10, 出具推荐函: the one act that takes places. All or nothing, for the whole list, in one serialisable transaction. */

/** The rules of a pack by which a place is refused: their finding is a place that somebody else has taken. */
const quotaRules = ({ rules }: Policy): ReadonlySet<string> =>
  new Set(
    rules.flatMap((one) =>
      "predicate" in one.require && one.require.predicate === "quota-left" ? [one.id] : [],
    ),
  );

type Asked = { readonly places: Places; readonly items: number };

/** Places that the list asks for, by pool and category; the pools are locked and the units held as they are. */
const askedPlaces = async (
  { tx, funder }: Pick<Performing<unknown>, "tx" | "funder">,
  batch: BatchFacts,
  items: readonly { readonly facts: ApplicationFacts; readonly category: string | null }[],
): Promise<readonly Asked[]> => {
  const { call } = batch;
  const units = new Map(items.map(({ facts: { organization } }) => [organization.id, organization] as const));
  await tx
    .selectFrom("organization")
    .select("id")
    .where("funder", "=", funder)
    .where("id", "in", [...units.keys()])
    .orderBy("id")
    .forShare()
    .execute();
  await lockPools(tx, funder, call.id, [...units.values()].map(poolOf));
  const asked = new Map<string, Asked>();
  for (const unit of units.values())
    for (const places of await placesOf(tx, funder, call, unit)) {
      const wanted = items.filter(
        ({ facts, category }) => facts.organization.id === unit.id && category === places.category,
      ).length;
      const key = `${places.pool} ${places.category}`;
      asked.set(key, { places, items: (asked.get(key)?.items ?? 0) + wanted });
    }
  return [...asked.values()].filter((one) => one.items > 0);
};

/** Which pools have no room, in words: the group, its limit, what is taken, how many are too many. */
export const noRoom = (asked: readonly Asked[]): { readonly zh: string; readonly en: string } | null => {
  const full = asked.filter(({ places, items }) => places.used + items > places.limit);
  if (full.length === 0) return null;
  const over = ({ places, items }: Asked) => places.used + items - places.limit;
  return {
    zh: full
      .map(
        (one) =>
          `${one.places.title.zh}的${one.places.categoryTitle.zh}限推 ${one.places.limit} 项，已推荐 ${one.places.used} 项，这次 ${one.items} 项，超出 ${over(one)} 项。`,
      )
      .join(""),
    en: full
      .map(
        (one) =>
          `${one.places.title.en} may recommend ${one.places.limit} in ${one.places.categoryTitle.en}; ${one.places.used} are taken, this adds ${one.items}: ${over(one)} too many.`,
      )
      .join(" "),
  };
};

export const issueLetter = define({
  name: "recommendation.issue",
  title: { zh: "出具推荐函", en: "Issue the letter" },
  input: z.strictObject({ ...onBatch, letterNumber: letterNumber.min(1), issuedOn: civilDate }),
  isolation: "serializable",
  // Every letter that commits in the same pool sends the others back once: as many as a deadline brings at once.
  retries: 40,
  load: ({ platform, tx, actor, input }) => batchFacts(platform, tx, actor, input.batch, "update"),
  subject: ({ subject }) => subject,
  effect: async (context) => {
    const { platform, tx, funder, actor, input, now, facts: batch, grant } = context;
    const { call, department } = batch;
    mustBePrepared(batch, input.version);
    mustBeInTime(call, now);
    if (grant?.delegatedBy != null && batch.subject.ties?.initialReviewer === grant.delegatedBy)
      throw new Denied(anotherPerson);
    await mustBeWhole(context, batch);
    const items: { facts: ApplicationFacts; category: string | null }[] = [];
    for (const id of batch.applications.toSorted()) {
      const facts = await applicationFacts(platform, tx, "system", id, "update");
      items.push({ facts, category: facts.content.category });
    }
    items.sort((a, b) => batch.applications.indexOf(a.facts.id) - batch.applications.indexOf(b.facts.id));
    const left = items.filter(({ facts }) => facts.state !== "DEPT_PASSED");
    if (left.length > 0)
      throw refused(
        `清单中第 ${left.map(({ facts }) => batch.applications.indexOf(facts.id) + 1).join("、")} 项已不是“初审通过”。请从清单中去掉后重新用印。`,
        `Items ${left.map(({ facts }) => batch.applications.indexOf(facts.id) + 1).join(", ")} of the list have left "passed initial review". Take them off the list and seal it anew.`,
      );
    const asked = await askedPlaces(context, batch, items);
    const full = noRoom(asked);
    const checks = await creditChecksOf(
      tx,
      funder,
      call.id,
      items.map(({ facts }) => facts.organization.id),
    );
    const ofQuota = quotaRules(call.policy);
    const quota: Ground[] = [];
    const grounds: Ground[] = [];
    // One after the other, each moved before the next is judged: the rule itself counts those before it.
    for (const { facts } of items) {
      const credit = creditGround(call, facts.organization.name, checks.get(facts.organization.id));
      const content = await filedContent(tx, funder, facts);
      const { findings } = await judgeApplication(platform, tx, facts, "recommend", now, content);
      const errors = groundsOf(findings.filter((one) => one.severity === "error"));
      quota.push(...errors.filter((one) => ofQuota.has(one.rule)));
      grounds.push(...(credit === null ? [] : [credit]), ...errors.filter((one) => !ofQuota.has(one.rule)));
      if (credit !== null || errors.length > 0) continue;
      await move({ tx, funder, actor, now, grant, facts }, "recommendation.issue", {
        set: { quota_group: groupOf(facts.organization), recommended_at: instantText(now) },
        decision: { findings: groundsOf(findings) },
      });
      await platform.jobs.enqueue(tx, "acceptance.begin", { application: facts.id });
      await tellApplicants(tx, funder, facts, "recommended", { letter: input.letterNumber });
    }
    if (full !== null || quota.length > 0)
      throw new Taken(
        {
          zh: `${full?.zh ?? "推荐名额已满。"}请减少清单中的项目，或先撤回其他推荐。`,
          en: `${full?.en ?? "The quota is used up."} Shorten the list, or recall another recommendation first.`,
        },
        [...quota, ...grounds],
      );
    if (grounds.length > 0)
      throw refused(
        `清单中有 ${grounds.length} 处不符合，推荐函没有出具。请从清单中去掉有关项目，或补齐后再出具。`,
        `${grounds.length} rules are not met on this list; the letter was not issued. Take those items off, or settle them first.`,
        grounds,
      );
    const version = batch.version + 1;
    await tx
      .updateTable("batch")
      .set({
        state: "ISSUED",
        version,
        letter_number: input.letterNumber,
        issued_on: input.issuedOn,
        issued_at: instantText(now),
        issued_by: actor.account ?? "",
      })
      .where("funder", "=", funder)
      .where("id", "=", batch.id)
      .execute();
    await notify(tx, funder, [{ role: "PLANNING_OFFICER" }], {
      template: "letterIssued",
      facts: { letter: input.letterNumber, department: department.name, count: items.length },
      link: `/batches/${batch.id}`,
    });
    const places = asked.map((one) => ({
      pool: one.places.pool,
      category: one.places.category,
      used: one.places.used + one.items,
      limit: one.places.limit,
    }));
    return {
      result: { batch: batch.id, version, state: "ISSUED" as const, recommended: items.length, places },
      entry: {
        kind: "batch",
        id: batch.id,
        body: {
          applications: batch.applications,
          scans: batch.scans.map((one) => one.file),
          places,
        },
      },
    };
  },
});

const anotherPerson = {
  zh: "这一步须由另一个人办理：清单中有你经办初审的申报。",
  en: "Another person must do this: you passed an application on this list.",
};

/** Both scans of the very list, a number that is not used already, a date that has come. */
const mustBeWhole = async (
  { tx, funder, input, now }: Performing<z.infer<typeof issueLetter.input>>,
  batch: BatchFacts,
): Promise<void> => {
  if (batch.applications.length === 0)
    throw refused(
      "清单是空的。请先选入初审通过的申报。",
      "The list is empty. Choose passed applications first.",
    );
  const missing = [
    ...(batch.scans.some((one) => one.type === "SEALED_LETTER") ? [] : [{ zh: "推荐函", en: "the letter" }]),
    ...(batch.scans.some((one) => one.type === "SEALED_LIST") ? [] : [{ zh: "项目清单", en: "the list" }]),
  ];
  const clause = batch.call.policy.procedure.clauses["recommendation.logPaper"] ?? "";
  if (missing.length > 0) {
    const message = {
      zh: `还缺${missing.map((one) => one.zh).join("和")}的盖章扫描件。请盖章后扫描上传，再出具。`,
      en: `The sealed scan of ${missing.map((one) => one.en).join(" and ")} is missing. Seal it, scan it and upload it, then issue.`,
    };
    throw refused(message.zh, message.en, [
      { rule: "sealed-scans", clause, severity: "error", overridable: false, path: "scans", message },
    ]);
  }
  if (batch.letterNumber !== null && batch.letterNumber !== input.letterNumber)
    throw refused(
      `盖章的推荐函文号是“${batch.letterNumber}”，与填写的“${input.letterNumber}”不同。请改为一致；文号改了的，请重新盖章上传。`,
      `The sealed letter has the number "${batch.letterNumber}", not "${input.letterNumber}". Make them the same; a new number needs a new scan.`,
    );
  if (input.issuedOn > civilDateOf(now))
    throw refused("推荐函的日期还没有到。请改为今天或以前。", "The date of the letter has not come yet.");
  const same = await tx
    .selectFrom("batch")
    .select("code")
    .where("funder", "=", funder)
    .where("department", "=", batch.department.id)
    .where("state", "=", "ISSUED")
    .where("letter_number", "=", input.letterNumber)
    .executeTakeFirst();
  if (same !== undefined)
    throw refused(
      `文号“${input.letterNumber}”已用于推荐函 ${same.code}。请核对文号。`,
      `The number "${input.letterNumber}" is used by the letter ${same.code}. Check it.`,
    );
};
