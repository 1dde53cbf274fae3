import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { define } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { refused } from "../../platform/errors.ts";
import { applicationFacts } from "../application/facts.ts";

const open = new Set(["ACCEPTANCE", "CORRECTION"]);

/** The division's opinion on the content: moves nothing, stands beside the officer's decision, and is not shown to applicants. */
export const advise = define({
  name: "acceptance.advise",
  title: { zh: "提出处室意见", en: "Leave the division's opinion" },
  input: z.strictObject({
    application: z.uuid(),
    /** Whether the content fits the direction and the conditions of the guide. */
    fits: z.boolean(),
    text: z.string().overwrite(cleanText).trim().min(1).max(2_000),
  }),
  load: ({ platform, tx, actor, input }) =>
    applicationFacts(platform, tx, actor, input.application, "update"),
  subject: (facts) => facts.subject,
  effect: async ({ tx, funder, actor, input, now, facts, grant }) => {
    if (!open.has(facts.state))
      throw refused(
        "受理已经有了决定，不再收处室意见。",
        "The desk has decided; opinions are no longer taken.",
      );
    await tx
      .insertInto("advice")
      .values({
        funder,
        application: facts.id,
        version: facts.frozenVersion,
        fits: input.fits,
        said: input.text,
        by: actor.account ?? "",
        acting_for: grant?.delegatedBy ?? null,
        at: instantText(now),
      })
      .execute();
    return {
      result: { application: facts.id },
      entry: {
        kind: "application",
        id: facts.id,
        body: { frozenVersion: facts.frozenVersion, fits: input.fits },
      },
    };
  },
});
