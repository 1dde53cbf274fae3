import { expect, it } from "vitest";
import { oneByOne } from "../../src/platform/documents/one-by-one.ts";
import { Busy } from "../../src/platform/errors.ts";

it("lets one read after the other, in the order they came, also after one that failed", async () => {
  const owner = {};
  const seen: string[] = [];
  let inside = 0;
  const read = (name: string, fails = false) =>
    oneByOne(owner, async () => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      inside -= 1;
      seen.push(name);
      if (fails) throw new RangeError(name);
      return name;
    });
  const all = await Promise.allSettled([read("a"), read("b", true), read("c")]);
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(seen).toEqual(["a", "b", "c"]);
});

it("sends away who comes when too many wait, and takes others again afterwards", async () => {
  const owner = {};
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  const waiting = Array.from({ length: 120 }, () => oneByOne(owner, () => gate));
  await expect(oneByOne(owner, async () => "late")).rejects.toThrow(Busy);
  expect(await oneByOne({}, async () => "elsewhere")).toBe("elsewhere");
  open();
  await Promise.all(waiting);
  expect(await oneByOne(owner, async () => "again")).toBe("again");
});
