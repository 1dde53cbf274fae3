import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { notify, type Notice } from "../../platform/mail.ts";
import type { Performing } from "../../platform/action.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import { applicationAction, onApplication } from "../application/life.ts";

/** A4, A6, A19, A20: what the institution gives back, declines or withdraws; always with a reason that reaches the investigator. */

const reason = z.string().overwrite(cleanText).trim().min(1).max(2_000);
/** A place of the form as content paths name it: `title`, `sections.route`, `budget`. */
const mark = z.strictObject({
  field: z.string().regex(/^[A-Za-z][A-Za-z0-9.]{0,80}$/),
  text: z.string().overwrite(cleanText).trim().min(1).max(1_000),
});

type Told = Pick<Performing<unknown>, "tx" | "funder"> & { readonly facts: ApplicationFacts };

const tell = async ({ tx, funder, facts }: Told, template: string, said: Notice["facts"], link: string) =>
  notify(tx, funder, [{ person: facts.investigator.person }], {
    template,
    facts: { title: facts.content.title, organization: facts.organization.name, ...said },
    link,
    application: facts.id,
  });

export const returnToInvestigator = applicationAction({
  name: "endorsement.return",
  title: { zh: "退回修改", en: "Return for amendment" },
  input: z.strictObject({ ...onApplication, reason, marks: z.array(mark).max(100).default([]) }),
  act: async (context) => {
    const { input, facts } = context;
    await tell(
      context,
      "returned",
      { reason: input.reason, marks: input.marks.length },
      `/applications/${facts.id}`,
    );
    return {
      set: { rank: null },
      decision: { reason: input.reason, marks: input.marks },
      body: { marks: input.marks.length },
    };
  },
});

export const reject = applicationAction({
  name: "endorsement.reject",
  title: { zh: "不同意申报", en: "Decline to endorse" },
  input: z.strictObject({ ...onApplication, reason }),
  act: async (context) => {
    await tell(
      context,
      "rejectedByUnit",
      { reason: context.input.reason },
      `/applications/${context.facts.id}`,
    );
    return { set: { rank: null }, decision: { reason: context.input.reason } };
  },
});

const withdrawal = (name: string, zh: string, en: string, department: boolean) =>
  applicationAction({
    name,
    title: { zh, en },
    input: z.strictObject({ ...onApplication, reason }),
    act: async (context) => {
      const { tx, funder, facts, input } = context;
      await tell(context, "withdrawn", { reason: input.reason }, `/applications/${facts.id}`);
      const seat = facts.organization.department;
      const knows = facts.endorsedAt !== null;
      if (knows)
        await notify(
          tx,
          funder,
          [
            ...(department && seat !== null ? [{ role: "DEPT_REVIEWER" as const, organization: seat }] : []),
            ...(department || facts.division === null
              ? []
              : [{ role: "DIVISION_OFFICER" as const, division: facts.division }]),
          ],
          {
            template: "withdrawnByUnit",
            facts: { title: facts.content.title, organization: facts.organization.name },
            link: `/applications/${facts.id}`,
            application: facts.id,
          },
        );
      return {
        decision: { reason: input.reason },
        body: { requested: facts.withdrawalRequestedAt !== null },
      };
    },
  });

export const withdraw = withdrawal("endorsement.withdraw", "撤回申报", "Withdraw the application", true);
export const withdrawLate = withdrawal(
  "endorsement.withdrawLate",
  "受理后撤回",
  "Withdraw after acceptance",
  false,
);
