import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

/** The rooms and who may import whom; inside stages the procedure's own order, and queries > actions > jobs, pages last. */

const root = path.resolve(import.meta.dirname, "..");
const stages = [
  "registration",
  "call",
  "application",
  "endorsement",
  "recommendation",
  "acceptance",
  "review",
  "award",
  "agreement",
  "closeout",
  "appeal",
];
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: ["core"],
  platform: ["core", "platform"],
  ui: ["core", "ui"],
  client: ["core", "client"],
  stages: ["core", "platform", "ui", "stages"],
  app: ["core", "platform", "ui", "stages", "app"],
};
const coreMayUse = new Set(["zod"]);

type Sources = ReadonlyMap<string, string>;

const imports = /\b(?:from|import)\s*\(?\s*"([^",\s]+)"/g;

const wrong = (sources: Sources): readonly string[] => {
  const faults: string[] = [];
  for (const [file, source] of sources) {
    const [room = "", stage = "", ...rest] = file.split("/");
    for (const [, target = ""] of source.matchAll(imports)) {
      if (!target.startsWith(".")) {
        if (room === "core" && !coreMayUse.has(target)) faults.push(`${file} imports ${target}`);
        continue;
      }
      const aim = path.posix.join(path.posix.dirname(file), target);
      const [toRoom = "", toStage = "", ...toRest] = aim.split("/");
      if (!(mayImport[room] ?? []).includes(toRoom)) faults.push(`${file} imports ${aim}`);
      if (
        room === "stages" &&
        toRoom === "stages" &&
        stage !== "appeal" &&
        stages.indexOf(toStage) > stages.indexOf(stage)
      )
        faults.push(`${file} imports a later stage: ${aim}`);
      if (room === "stages" && toRoom === "stages") {
        const isPage = (name: string) => /pages?\.tsx$/.test(name);
        const page = isPage(toRest.join("/")) || toRest.join("/").endsWith("jobs.ts");
        const wiring = /routes\.tsx?$/.test(rest.join("/")) || isPage(rest.join("/"));
        if (page && !wiring) faults.push(`${file} imports pages or jobs: ${aim}`);
      }
    }
  }
  return faults;
};

const sources = (): Sources =>
  new Map(
    readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => [name.replaceAll("\\", "/"), readFileSync(path.join(root, "src", name), "utf8")]),
  );

describe("arrows", () => {
  it("hold in the house", () => {
    const house = sources();
    expect(house.size).toBeGreaterThan(50);
    expect(wrong(house)).toEqual([]);
  });

  it("catch a trespasser", () => {
    const trespassers = new Map([
      ["core/policy/trespasser.ts", 'import { readFile } from "node:fs/promises";'],
      ["core/trespasser.ts", 'import { loadPolicy } from "../platform/policies.ts";'],
      ["ui/trespasser.tsx", 'const late = await import("../platform/policies.ts");'],
      ["stages/call/trespasser.ts", 'import { submit } from "../application/actions.ts";'],
      ["stages/application/queries.ts", 'import { Page } from "./form.page.tsx";'],
      ["platform/trespasser.ts", 'export { buildServer } from "../app/web.ts";'],
    ]);
    expect(wrong(trespassers)).toHaveLength(trespassers.size);
  });
});
