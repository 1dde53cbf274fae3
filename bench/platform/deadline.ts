import type { Policy } from "../../src/core/policy/policy.ts";
import { chanceOf } from "../random.ts";
import { type Arrivals, arrive } from "./arrivals.ts";
import { clientOf } from "./client.ts";
import { answerOf, sections } from "./content.ts";
import { papersAfter, type PapersMeasured } from "./papers.ts";
import { type Rates, readShares } from "./rates.ts";
import type { Owned, World } from "./world.ts";

/** The last minute before the deadline, over HTTP: submissions, autosaves, and people who look. */

export type Deadline = {
  readonly arrivals: Arrivals<"submit" | "save" | keyof typeof readShares>;
  /** Answered with success, warm-up included. */
  readonly submitted: number;
  readonly saved: number;
  /** Null where nobody asked for papers. */
  readonly papers: PapersMeasured | null;
};

export const deadline = async (
  url: string,
  world: World,
  policy: Policy,
  rates: Rates,
  time: { readonly seconds: number; readonly warm: number },
  withPapers = false,
): Promise<Deadline> => {
  const client = clientOf(url);
  const papers = withPapers ? papersAfter(url) : null;
  const chance = chanceOf(7);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const answers = Array.from({ length: 200 }, (_, seed) => answerOf(policy, seed));
  let [submitted, saved] = [0, 0];

  const waiting = [...world.ready];
  const submit = async () => {
    const one = waiting.pop();
    if (one === undefined) throw new RangeError("nobody is left to submit");
    await client(
      "POST",
      "/api/v1/application.submit",
      { ...bearer(one.token), "idempotency-key": crypto.randomUUID() },
      JSON.stringify({ application: one.application, version: 1, draftVersion: 1 }),
    );
    submitted += 1;
    papers?.ask(one);
  };

  // Each writer waits for the answer of the last save, as the page does.
  const writers: { readonly one: Owned; version: number }[] = world.written.map((one) => ({
    one,
    version: 1,
  }));
  const save = async () => {
    const writer = writers.shift();
    if (writer === undefined) throw new RangeError("every writer is still waiting");
    const { one, version } = writer;
    await client(
      "POST",
      "/api/v1/application.save",
      bearer(one.token),
      JSON.stringify({
        application: one.application,
        version,
        changes: { sections: { [chance.pick(sections)]: chance.pick(answers) } },
      }),
    );
    writer.version += 1;
    saved += 1;
    writers.push(writer);
  };

  // Who is there in the last minute, of all who have filed.
  const readers = world.filed.slice(0, 2_000);
  const get = async (path: string, headers: Record<string, string>) => {
    await client("GET", path, { ...headers, "accept-encoding": "gzip" });
  };
  const reads = {
    /** Three in four by the investigator, the others by the research administrator. */
    "application.read": () => {
      const own = chance.pick(readers);
      const unit = chance.pick(world.units);
      const [token, application] = chance.happens(0.75)
        ? [own.token, own.application]
        : [unit.token, chance.pick(unit.applications)];
      return get(`/api/v1/application.read?application=${application}`, bearer(token));
    },
    "list of a unit": () => get("/api/v1/application.list?limit=50", bearer(chance.pick(world.units).token)),
    "list of everything": () => get("/api/v1/application.list?limit=50", bearer(world.supervisor)),
    "call.read": () => get("/api/v1/call.read", bearer(chance.pick(readers).token)),
    "overview page": () => {
      const { application, cookie } = chance.pick(readers);
      return get(`/applications/${application}`, { cookie: `zn-session=${cookie}` });
    },
  };
  const readKinds = Object.fromEntries(
    Object.entries(readShares).map(([name, share]) => [
      name,
      { perSecond: rates.reads * share, act: reads[name as keyof typeof readShares] },
    ]),
  ) as Record<keyof typeof readShares, { perSecond: number; act: () => Promise<void> }>;
  const arrivals = await arrive(
    {
      submit: { perSecond: rates.submits, act: submit },
      save: { perSecond: rates.saves, act: save },
      ...readKinds,
    },
    time,
  );
  return { arrivals, submitted, saved, papers: (await papers?.end()) ?? null };
};
