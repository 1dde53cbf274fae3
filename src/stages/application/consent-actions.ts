import { z } from "zod";
import { define, type Performing } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { refused } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { type ApplicationFacts, applicationFacts } from "./facts.ts";

/** Members and partner units say for themselves whether they take part: rows of `confirmation`, never of the draft. */

/** Until it is with somebody else, a word once given may be taken back. */
const writable = new Set(["DRAFT", "RETURNED_TO_PI"]);

type Word = { readonly agreed: boolean; readonly remark: string };

/** One word for each party, kind and version 0 (the application as such, not a filed version): a later word replaces an earlier one. */
const say = async (
  { tx, funder, actor, now }: Pick<Performing<unknown>, "tx" | "funder" | "actor" | "now">,
  application: string,
  kind: "MEMBER_CONSENT" | "PARTNER",
  party: string,
  { agreed, remark }: Word,
): Promise<void> => {
  const word = { agreed, remark, by: actor.account ?? "", at: instantText(now) };
  await tx
    .insertInto("confirmation")
    .values({ funder, application, version: 0, kind, party, ...word })
    .onConflict((on) => on.columns(["funder", "application", "version", "kind", "party"]).doUpdateSet(word))
    .execute();
};

const input = z.strictObject({
  application: z.uuid(),
  agreed: z.boolean(),
  remark: z.string().trim().max(1_000).default(""),
});

const mustBeWritable = ({ state }: ApplicationFacts) => {
  if (!writable.has(state))
    throw refused(
      "申报已经提交，不能再更改是否参加。确需更改的，请联系负责人退回修改后再办理。",
      "It has been submitted; consent can no longer be changed. Ask the investigator to have it returned first.",
    );
};

/** A member takes part, declines, or takes back a consent given before. */
export const consent = define({
  name: "application.consent",
  title: { zh: "确认参加", en: "Consent to take part" },
  input,
  load: ({ platform, tx, actor, input: { application } }) =>
    applicationFacts(platform, tx, actor, application, "update"),
  // A consent is one's own: an investigator who is no member has none to give.
  subject: ({ subject }, { actor }) => ({
    team: (subject.team ?? []).filter((one) => one === actor.person),
  }),
  effect: async (context) => {
    const { tx, funder, actor, facts } = context;
    mustBeWritable(facts);
    const person = await tx
      .selectFrom("person")
      .select(["identity_hash", "name"])
      .where("funder", "=", funder)
      .where("id", "=", actor.person ?? "")
      .executeTakeFirstOrThrow();
    const { agreed } = context.input;
    await say(context, facts.id, "MEMBER_CONSENT", person.identity_hash.toString("hex"), context.input);
    await notify(tx, funder, [{ account: facts.investigator.account }], {
      template: agreed ? "consentGiven" : "consentDeclined",
      facts: { title: facts.content.title, member: person.name },
      link: `/applications/${facts.id}`,
      application: facts.id,
    });
    return {
      result: { application: facts.id, agreed },
      entry: { kind: "application", id: facts.id, body: { confirmation: "MEMBER_CONSENT", agreed } },
    };
  },
});

/** A partner unit confirms its part and its share, or declines. */
export const confirmPartnership = define({
  name: "application.confirmPartnership",
  title: { zh: "确认合作", en: "Confirm the partnership" },
  input: input.extend({ organization: z.uuid() }),
  load: ({ platform, tx, actor, input: { application } }) =>
    applicationFacts(platform, tx, actor, application, "update"),
  // For the unit named, and no other that the actor may also speak for.
  subject: ({ subject }, { input: { organization } }) => ({
    partners: (subject.partners ?? []).filter((one) => one === organization),
  }),
  effect: async (context) => {
    const { tx, funder, facts } = context;
    const { agreed, remark, organization } = context.input;
    if (!writable.has(facts.state) && facts.state !== "ORG_REVIEW")
      throw refused(
        "申报已经报到归口管理部门，不能再更改合作意见。",
        "It has gone to the department; the partnership can no longer be changed.",
      );
    if (!agreed && remark === "")
      throw refused(
        "请写明不参加合作的理由，负责人据此修改申报书。",
        "Say why you decline: the investigator amends the application by it.",
      );
    await say(context, facts.id, "PARTNER", organization, context.input);
    await notify(
      tx,
      funder,
      [{ account: facts.investigator.account }, { role: "ORG_ADMIN", organization: facts.organization.id }],
      {
        template: agreed ? "partnershipConfirmed" : "partnershipDeclined",
        facts: { title: facts.content.title },
        link: `/applications/${facts.id}`,
        application: facts.id,
      },
    );
    return {
      result: { application: facts.id, organization, agreed },
      entry: { kind: "application", id: facts.id, body: { confirmation: "PARTNER", organization, agreed } },
    };
  },
});

export const applicationReadActions = [consent, confirmPartnership];
