import { readFileSync, writeFileSync } from "node:fs";
import { defaultPolicyId, loadPolicy } from "../../src/platform/policies.ts";
import { deadline } from "./deadline.ts";
import { bare } from "./limit.ts";
import { rates } from "./rates.ts";
import { beside } from "./record.ts";
import type { Task } from "./task.ts";

/** The load, in a process of its own: `generator.ts <task.json> <answer.json>`. */

const [given = "", answer = ""] = process.argv.slice(2);
const task = JSON.parse(readFileSync(given, "utf8")) as Task;

const answered = async (): Promise<unknown> => {
  if (task.what === "limit") return bare(task.database, rates, task.time);
  if (task.what === "record") return beside(task.save, task.list, task.seconds);
  const policy = await loadPolicy(await defaultPolicyId());
  return deadline(task.url, task.world, policy, task.rates ?? rates, task.time, task.papers);
};
writeFileSync(answer, JSON.stringify(await answered()));
process.exit(0);
