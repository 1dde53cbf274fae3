import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { permits } from "../../src/core/permission/matrix.ts";
import { applicationTransitions } from "../../src/core/lifecycle/application.ts";
import { actions } from "../../src/app/actions.ts";
import { generatedDocuments } from "../../src/app/generated.ts";
import { queries } from "../../src/app/queries.ts";
import { loadPolicy, policyIds } from "../../src/platform/policies.ts";

const root = path.resolve(import.meta.dirname, "../..");
const policy = await loadPolicy("dalian-2024");

describe("generated pages", () => {
  it.each([...generatedDocuments(policy)])("%s is fresh (zhinan docs write)", async (file, text) => {
    expect(await readFile(path.join(root, file), "utf8")).toBe(text);
  });
});

describe("the tables agree", () => {
  it("every action and read has a row in the permission matrix", () => {
    const names = [...actions, ...queries].map((one) => one.name);
    expect(names.filter((name) => permits[name] === undefined)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("every transition is performed by an action, a save or the clock", () => {
    const known = new Set(["application.save", ...actions.map((one) => one.name)]);
    const lacking = applicationTransitions.filter(
      (one) => !one.action.startsWith("system.") && !known.has(one.action),
    );
    expect(lacking.map((one) => one.action)).toEqual([]);
  });

  it("the roles of a transition are those of the matrix", () => {
    for (const { action, actors } of applicationTransitions) {
      if (actors.length === 0) continue;
      const allowed = permits[action]?.permits.map((one) => one.role) ?? [];
      expect({ action, roles: actors.filter((one) => !allowed.includes(one)) }).toEqual({
        action,
        roles: [],
      });
    }
  });

  it("every pack names clauses that it has", async () => {
    for (const id of await policyIds()) {
      const { procedure, clauses } = await loadPolicy(id);
      const known = new Set(clauses.map((one) => one.id));
      const named = [
        ...Object.values(procedure.clauses),
        ...procedure.reasons.flatMap((one) => one.clauses),
        ...[
          ...procedure.institutionChecklist,
          ...procedure.departmentChecklist,
          ...procedure.preferences,
        ].map((one) => one.clause),
        procedure.credit.clause,
      ];
      expect(named.filter((one) => !known.has(one))).toEqual([]);
    }
  });
});
