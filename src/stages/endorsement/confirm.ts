import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { define, type Performing } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { refused, Stale } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { type ApplicationFacts, applicationFacts } from "../application/facts.ts";
import { onApplication } from "../application/life.ts";
import { ground } from "./ground.ts";
import { kinds, type Kind } from "./confirmations.ts";

/** What a unit confirms for one frozen version, before its administrator may approve. Moves no state; binds to the version's hash. */

export const load = ({ platform, tx, actor, input }: Performing<{ application: string; version: number }>) =>
  applicationFacts(platform, tx, actor, input.application, "update");

export const mustWait = (facts: ApplicationFacts, version: number, states: readonly string[]): number => {
  if (facts.version !== version) throw new Stale(version, facts.version);
  if (!states.includes(facts.state) || facts.frozenVersion === null)
    throw refused(
      "这项申报现在不在等候单位确认。请刷新后再看。",
      "This application is not waiting for the unit's confirmation now. Reload the page.",
    );
  return facts.frozenVersion;
};

export const write = async (
  { tx, funder, actor, now }: Performing<unknown>,
  facts: ApplicationFacts,
  version: number,
  kind: Kind | "ORGANIZATION_COMMITMENT",
  { agreed, remark, hash }: { agreed: boolean; remark: string; hash: string | null },
) => {
  const said = { agreed, remark, hash, by: actor.account ?? "", at: instantText(now) };
  await tx
    .insertInto("confirmation")
    .values({
      funder,
      application: facts.id,
      version,
      kind,
      party: facts.organization.id,
      ...said,
    })
    .onConflict((on) => on.columns(["funder", "application", "version", "kind", "party"]).doUpdateSet(said))
    .execute();
};

export const tellAdministrators = (
  { tx, funder }: Performing<unknown>,
  facts: ApplicationFacts,
  template: string,
) =>
  notify(tx, funder, [{ role: "ORG_ADMIN", organization: facts.organization.id }], {
    template,
    facts: { title: facts.content.title, investigator: facts.investigator.name },
    link: `/institution/${facts.id}`,
    application: facts.id,
  });

const confirmation = (kind: "BUDGET" | "SECRECY", zh: string, en: string) =>
  define({
    name: kinds[kind].action,
    title: { zh, en },
    input: z.strictObject({
      ...onApplication,
      agreed: z.boolean(),
      /** What the matter is, where it is not agreed to. */
      remark: z.string().overwrite(cleanText).trim().max(1_000).default(""),
    }),
    load,
    subject: (facts) => facts.subject,
    effect: async (context) => {
      const { input, facts } = context;
      const version = mustWait(facts, input.version, ["ORG_REVIEW"]);
      if (!input.agreed && input.remark === "")
        throw refused(
          "不同意的，请写明理由，负责人据此修改。",
          "Say why you do not agree, so that it can be amended.",
          [ground("remark", "", "请写明理由。", "Write the reason.")],
        );
      await write(context, facts, version, kind, { agreed: input.agreed, remark: input.remark, hash: null });
      await tellAdministrators(context, facts, input.agreed ? "confirmed" : "notConfirmed");
      return {
        result: { application: facts.id, version: facts.version, frozenVersion: version },
        entry: {
          kind: "application",
          id: facts.id,
          body: { confirmed: kind, agreed: input.agreed, frozenVersion: version },
        },
      };
    },
  });

export const confirmBudget = confirmation("BUDGET", "确认预算", "Confirm the budget");
export const confirmSecrecy = confirmation("SECRECY", "确认保密与伦理审核", "Confirm secrecy and ethics");
