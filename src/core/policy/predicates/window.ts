import { z } from "zod";
import { holds, predicate } from "./predicate.ts";
import { date } from "../words.ts";

/** The act falls into a window of the call; the last day is in it, to 24:00 of Asia/Shanghai. */
export const withinWindow = predicate(
  z.strictObject({
    window: z.enum(["application", "recommendation", "acceptance"]),
    side: z.enum(["opened", "not-closed"]),
  }),
  ["today", "opens", "closes"],
  (settings) =>
    ({ today, programme }) => {
      const { opens, closes, clause } = programme.windows[settings.window];
      if (settings.side === "opened" ? today >= opens : today <= closes) return holds;
      return [{ clause, facts: { today: date(today), opens: date(opens), closes: date(closes) } }];
    },
);
