import { z } from "zod";
import { civilDateOf, endOf, startOf } from "../../calendar.ts";
import { holds, predicate } from "./predicate.ts";
import { date } from "../words.ts";

/** The act falls into a window of the call; the last day ends at 24:00 of Asia/Shanghai. */
export const withinWindow = predicate(
  z.strictObject({
    window: z.enum(["application", "recommendation", "acceptance"]),
    side: z.enum(["opened", "not-closed"]),
  }),
  ["today", "opens", "closes"],
  (settings) =>
    ({ at, programme }) => {
      const { opens, closes, clause } = programme.windows[settings.window];
      if (settings.side === "opened" ? at >= startOf(opens) : at < endOf(closes)) return holds;
      return [{ clause, facts: { today: date(civilDateOf(at)), opens: date(opens), closes: date(closes) } }];
    },
);
