import { z } from "zod";
import { callsOf } from "../../platform/calls.ts";
import { platformNow } from "../../platform/action.ts";
import { defineQuery } from "../../platform/query.ts";

/** The calls with their deadlines, and the platform's clock: what a countdown is made of. Instants in milliseconds since 1970 UTC. */
export const callRead = defineQuery({
  name: "call.read",
  title: { zh: "申报批次", en: "Calls" },
  input: z.strictObject({}),
  run: async (platform) => {
    const database = platform.database.kysely;
    const [calls, now] = await Promise.all([callsOf(platform, database), platformNow(database)]);
    return {
      now,
      calls: calls.map(
        ({
          id,
          code,
          title,
          policy,
          opensAt,
          applyClosesAt,
          recommendClosesAt,
          acceptClosesAt,
          begunBefore,
          version,
        }) => ({
          id,
          code,
          title,
          policy: { id: policy.id, hash: policy.hash },
          // What the acts of each stage ask for by id or code, with the clause behind it.
          procedure: policy.procedure,
          opensAt,
          applyClosesAt,
          recommendClosesAt,
          acceptClosesAt,
          begunBefore,
          version,
        }),
      ),
    };
  },
});
