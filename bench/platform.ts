import { loadavg } from "node:os";
import process from "node:process";
import { thirtyFields } from "./platform/content.ts";
import { soundness, unkeptOf } from "./platform/kept.ts";
import { directus } from "./platform/peer.ts";
import { rates } from "./platform/rates.ts";
import type { Asked, Beside } from "./platform/record.ts";
import { type Ground, openGround } from "./platform/server.ts";
import { figuresOf, shown } from "./platform/shown.ts";
import { generate } from "./platform/task.ts";
import { seedWorld, type World } from "./platform/world.ts";

/**
 * The last minute before the deadline on the whole product: the server as `npm start` runs it, its embedded PostgreSQL with fsync and
 * checksums, and the load from another process on the same machine. Then the same bytes by bare statements, and one record beside Directus.
 * `--quick`: ten seconds and a smaller city, to see that it works. `--no-peer`: without Directus.
 */

const isQuick = process.argv.includes("--quick");
const withPeer = !process.argv.includes("--no-peer");
const time = isQuick ? { seconds: 10, warm: 3 } : { seconds: 60, warm: 5 };
const drafts = 200;
const size = {
  filed: isQuick ? 4_000 : 20_000,
  // Poisson arrivals: four deviations more than the mean.
  ready: Math.ceil(
    (time.seconds + time.warm) * rates.submits + 4 * Math.sqrt((time.seconds + time.warm) * rates.submits),
  ),
  written: 2_000 + drafts,
};

const two = (value: number) => Math.round(value * 100) / 100;

/** Our own answers to what the peer is asked. */
const ours = (ground: Ground, url: string, world: World, seconds: number): Promise<Beside> => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const save: Asked = {
    url,
    method: "POST",
    targets: world.written.slice(-drafts).map(({ application, token }, turn) => ({
      path: "/api/v1/application.save",
      headers: bearer(token),
      body: JSON.stringify({ application, version: "$version", changes: thirtyFields(ground.policy, turn) }),
      version: 1,
    })),
  };
  const list: Asked = {
    url,
    method: "GET",
    targets: Array.from({ length: 16 }, () => ({
      path: "/api/v1/application.list?limit=50",
      headers: bearer(world.supervisor),
    })),
  };
  return generate({ what: "record", save, list, seconds });
};

const ratiosOf = (peer: Beside, own: Beside) =>
  Object.fromEntries(
    (["save", "list"] as const).map((what) => [
      what,
      {
        alone: two(peer[what].alone.p50 / own[what].alone.p50),
        sixteen: two(peer[what].sixteen.p50 / own[what].sixteen.p50),
      },
    ]),
  );

export const run = async () => {
  const ground = await openGround(Date.parse("2024-06-10T09:00:00+08:00"));
  try {
    const before = performance.now();
    const all = await seedWorld(ground, size);
    console.log(`the city is written: ${Math.round((performance.now() - before) / 1_000)} s`);
    const url = await ground.serve();
    const seconds = isQuick ? 3 : 10;
    const own = await ours(ground, url, all, seconds);
    console.log("30 fields and a list, ours");
    console.table({
      save: { ...own.save.alone, ...own.save.sixteen },
      list: { ...own.list.alone, ...own.list.sixteen },
    });

    const world = { ...all, written: all.written.slice(0, -drafts) };
    const cpuBefore = ground.cpu();
    const loadBefore = two(loadavg()[0]!);
    const { arrivals, submitted, saved } = await generate({ what: "deadline", url, world, time });
    const cpuAfter = ground.cpu();
    const handled = (time.seconds + time.warm) * (rates.submits + rates.saves + rates.reads);
    /** CPU milliseconds for each request: what stays comparable where others use the machine. */
    const cpuEach = {
      server: two(
        ((cpuAfter.server + cpuAfter.apart - cpuBefore.server - cpuBefore.apart) * 1_000) / handled,
      ),
      database: two(((cpuAfter.database - cpuBefore.database) * 1_000) / handled),
    };
    shown(arrivals.kinds);
    console.log({ lag: arrivals.lag, submitted, saved, cpuEach });
    const unkept = await unkeptOf(ground, world, submitted, saved);
    const limit = await generate({ what: "limit", database: ground.database.url, time });
    shown(limit.atRates.kinds);
    console.table(limit.flatOut);
    const peer = withPeer
      ? await directus(ground.database.url, ground.policy, size.filed, seconds)
      : { absent: "not asked for" };
    if ("absent" in peer) console.log(`Directus: ${peer.absent}`);
    const sound = await soundness(ground);

    const { kinds } = arrivals;
    return {
      ...(isQuick ? { quick: true } : {}),
      deadline: figuresOf(kinds),
      errors: Object.values(kinds).reduce((sum, one) => sum + one.errors, 0),
      acknowledged: { submitted, saved },
      unkept,
      ...sound,
      load: { before: loadBefore, after: two(loadavg()[0]!), cpuEach, generatorLag: arrivals.lag },
      bare: { atRates: figuresOf(limit.atRates.kinds), flatOut: limit.flatOut },
      timesBare: {
        submit: two(kinds.submit.p50 / limit.atRates.kinds.insert.p50),
        save: two(kinds.save.p50 / limit.atRates.kinds.update.p50),
        read: two(kinds["application.read"].p50 / limit.atRates.kinds.read.p50),
      },
      record: { ours: own, directus: peer, ...("absent" in peer ? {} : { timesOurs: ratiosOf(peer, own) }) },
    };
  } finally {
    await ground.close();
  }
};

if (import.meta.main) console.dir(await run(), { depth: 8 });
