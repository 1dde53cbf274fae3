import { spawnSync } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { type Apart, type ApartOptions, Ended, Failed, openApart } from "../../src/platform/apart.ts";
import { Busy } from "../../src/platform/errors.ts";
import type { TestOrder } from "./apart-child.ts";

const module = new URL("apart-child.ts", import.meta.url);
const opened: Apart<TestOrder, unknown>[] = [];
const open = (over: Partial<ApartOptions> = {}) => {
  const apart = openApart<TestOrder, unknown>(module, {
    processes: 1,
    recycleAfter: 100,
    timeout: 20_000,
    memory: 400 * 1_048_576,
    waiting: 10,
    ...over,
  });
  opened.push(apart);
  return apart;
};
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

const lives = (pid: unknown) => {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
};
const goneSoon = (pid: unknown) => expect.poll(() => lives(pid), { timeout: 10_000 }).toBe(false);

describe("work in processes of its own", () => {
  it("answers what was asked, bytes too, and one process serves many", async () => {
    const apart = open();
    expect(await Promise.all([1, 2, 3].map((n) => apart.ask({ do: "echo", n })))).toEqual([1, 2, 3]);
    expect(await apart.ask({ do: "bytes" })).toEqual(new Uint8Array([1, 2, 3]));
    expect(await apart.ask({ do: "pid" })).toBe(await apart.ask({ do: "pid" }));
  });

  it("tells what the work threw, and goes on", async () => {
    const apart = open();
    const pid = await apart.ask({ do: "pid" });
    await expect(apart.ask({ do: "throw" })).rejects.toThrow(new Failed("the work does not like this"));
    expect(await apart.ask({ do: "pid" })).toBe(pid);
  });

  it("refuses an order that cannot cross the border, and serves the next", async () => {
    const apart = open();
    await expect(apart.ask({ do: "echo", n: (() => 1) as never })).rejects.toThrow(/could not be cloned/);
    expect(await apart.ask({ do: "echo", n: 7 })).toBe(7);
  });

  it("serves persons before what was asked in bulk", async () => {
    const apart = open();
    const order: string[] = [];
    const ask = (lane: "person" | "bulk", name: string) =>
      apart.ask({ do: "echo" }, lane).then(() => order.push(name));
    const first = apart.ask({ do: "wait", n: 50 });
    await Promise.all([
      first,
      ask("bulk", "b1"),
      ask("bulk", "b2"),
      ask("person", "p1"),
      ask("person", "p2"),
    ]);
    expect(order).toEqual(["p1", "p2", "b1", "b2"]);
  });

  it("works at as many orders at once as it has processes", async () => {
    const apart = open({ processes: 2 });
    const pids = await Promise.all([1, 2, 3].map(() => apart.ask({ do: "wait", n: 300 })));
    expect(new Set(pids).size).toBe(2);
  });

  it("is busy when too many wait, and not a moment longer", async () => {
    const apart = open({ waiting: 2 });
    const running = apart.ask({ do: "wait", n: 100 });
    const waiting = [apart.ask({ do: "echo", n: 1 }), apart.ask({ do: "echo", n: 2 }, "bulk")];
    await expect(apart.ask({ do: "echo" })).rejects.toThrow(Busy);
    await Promise.all([running, ...waiting]);
    expect(await apart.ask({ do: "echo", n: 3 })).toBe(3);
  });

  it("ends a process that takes too long; the next order is served by another", async () => {
    const apart = open({ timeout: 1_500 });
    const pid = await apart.ask({ do: "pid" });
    const [late, next] = [apart.ask({ do: "spin" }), apart.ask({ do: "pid" })];
    await expect(late).rejects.toThrow(new Ended("time"));
    expect(await next).not.toBe(pid);
    await goneSoon(pid);
  });

  it.runIf(process.platform === "linux")("ends a process that takes too much memory", async () => {
    const apart = open();
    const [greedy, next] = [apart.ask({ do: "fill" }), apart.ask({ do: "echo", n: 4 })];
    await expect(greedy).rejects.toThrow(new Ended("memory"));
    expect(await next).toBe(4);
  });

  it.runIf(process.platform === "linux")(
    "replaces a process that has come to half of its memory, so that the next order does not pay for it",
    async () => {
      const apart = open();
      const pid = await apart.ask({ do: "grow", n: 220 * 1_048_576 });
      expect(await apart.ask({ do: "pid" })).not.toBe(pid);
      await goneSoon(pid);
    },
  );

  it("replaces a process after so many orders", async () => {
    const apart = open({ recycleAfter: 3 });
    const pids: unknown[] = [];
    for (let n = 0; n < 7; n += 1) pids.push(await apart.ask({ do: "pid" }));
    expect(new Set(pids.slice(0, 3)).size).toBe(1);
    expect(new Set(pids.slice(3, 6)).size).toBe(1);
    expect(new Set(pids).size).toBe(3);
    await goneSoon(pids[0]);
  });

  it("loses only the order at which a process died", async () => {
    const apart = open();
    const [dying, next] = [apart.ask({ do: "die" }), apart.ask({ do: "echo", n: 5 })];
    await expect(dying).rejects.toThrow(new Ended("death"));
    expect(await next).toBe(5);
  });

  it("refuses each order where the process cannot even start", async () => {
    const apart = openApart<TestOrder, unknown>(new URL("not-there.ts", import.meta.url), {
      processes: 1,
      recycleAfter: 1,
      timeout: 20_000,
      memory: 1e9,
      waiting: 5,
    });
    opened.push(apart);
    for (let n = 0; n < 2; n += 1) await expect(apart.ask({ do: "pid" })).rejects.toThrow(Ended);
  });

  it("ends its processes when it is closed, busy, idle or on their way out, and refuses what waited", async () => {
    const apart = open({ processes: 2, recycleAfter: 1, timeout: 60_000 });
    const retired = await apart.ask({ do: "pid" });
    const spinning = apart.ask({ do: "spin" }).catch((error: unknown) => error);
    const other = apart.ask({ do: "spin" }).catch((error: unknown) => error);
    const waited = apart.ask({ do: "echo" }).catch((error: unknown) => error);
    await apart.close();
    expect(await Promise.all([spinning, other, waited])).toEqual([
      new Ended("death"),
      new Ended("death"),
      new Ended("death"),
    ]);
    expect(lives(retired)).toBe(false);
    await expect(apart.ask({ do: "pid" })).rejects.toThrow(Busy);
    await apart.close();
  });

  it("keeps nobody from exiting while idle, and is closed to the end where that is asked", () => {
    const program = (last: string) => `
      const { openApart } = await import(${JSON.stringify(new URL("../../src/platform/apart.ts", import.meta.url).href)});
      const apart = openApart(new URL(${JSON.stringify(module.href)}), {
        processes: 1, recycleAfter: 9, timeout: 60_000, memory: 1e9, waiting: 9 });
      console.log(await apart.ask({ do: "echo", n: 1 }));
      ${last}
      console.log("left");`;
    for (const last of ["", "await apart.close();"]) {
      const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program(last)], {
        encoding: "utf8",
        // Idle processes live longer than this.
        timeout: 40_000,
      });
      expect({ status, stdout }).toEqual({ status: 0, stdout: "1\nleft\n" });
    }
  });

  it("hands no secret of ours to the child", async () => {
    process.env["ZHINAN_TEST_SECRET"] = "a word that must stay here";
    try {
      const apart = open({ environment: { GIVEN: "yes" } });
      const environment = (await apart.ask({ do: "environment" })) as Record<string, string>;
      expect(environment["GIVEN"]).toBe("yes");
      expect(JSON.stringify(environment)).not.toContain("must stay here");
      const allowed = new Set([
        "PATH",
        "GIVEN",
        "SystemRoot",
        "NODE_CHANNEL_FD",
        "NODE_CHANNEL_SERIALIZATION_MODE",
      ]);
      expect(Object.keys(environment).filter((name) => !allowed.has(name))).toEqual([]);
    } finally {
      delete process.env["ZHINAN_TEST_SECRET"];
    }
  });
});
