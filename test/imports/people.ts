import { checkInvariants } from "../../src/platform/database/invariants.ts";
import { perform } from "../../src/platform/action.ts";
import type { Actor } from "../../src/core/permission/permission.ts";
import { importActions } from "../../src/stages/registration/import/actions.ts";
import type { ImportCode } from "../../src/stages/registration/import/kind.ts";
import { kindOf } from "../../src/stages/registration/import/kinds.ts";
import { keepUpload, keptImport, type Plan, planOf } from "../../src/stages/registration/import/store.ts";
import type { World } from "../world/world.ts";
import { stored } from "./books.ts";

/** A resident number that belongs to nobody, a different one for every serial up to a hundred thousand. */
export const residentNumber = (serial: number): string => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const body = `99999819${50 + (Math.floor(serial / 1_000) % 50)}${String(1 + (Math.floor(serial / 50_000) % 12)).padStart(2, "0")}02${String(serial % 1_000).padStart(3, "0")}`;
  const sum = Array.from(body).reduce((total, digit, at) => total + Number(digit) * (weights[at] ?? 0), 0);
  return `${body}${"10X98765432"[sum % 11]}`;
};

export const peopleHead = ["姓名", "证件类型", "证件号码", "职称级别", "学位", "电子邮箱", "电话", "角色"];
export const personRow = (serial: number, over: Readonly<Record<number, string>> = {}): string[] =>
  [
    `人员${"甲乙丙丁戊己庚辛壬癸"[serial % 10]}`,
    "居民身份证",
    residentNumber(serial),
    "副高级",
    "博士",
    `p${serial}@example.cn`,
    "13800001111",
    "项目负责人",
  ].map((value, index) => over[index] ?? value);

export type Looked = { readonly id: string; readonly plan: Plan };

/** Uploads and looks, as the page does. */
export const look = async (
  world: World,
  actor: Actor,
  kind: ImportCode,
  bytes: Uint8Array,
  organization: string | null = null,
): Promise<Looked> => {
  const { platform } = world;
  const found = kindOf(kind);
  if (found === undefined) throw new Error(kind);
  const sha256 = await stored(platform.files, bytes);
  const id = await keepUpload(platform, actor, { kind: found, organization, sha256, filename: "表.xlsx" });
  const plan = await planAgain(world, actor, id);
  return { id, plan };
};

export const planAgain = async ({ platform }: World, actor: Actor, id: string): Promise<Plan> => {
  const database = platform.database.kysely;
  const plan = await planOf(platform, database, actor, await keptImport(platform, database, actor, id));
  if (plan === null) throw new Error("forgotten");
  return plan;
};

export const run = async (world: World, actor: Actor, { id, plan }: Looked, key?: string) => {
  const kept = await keptImport(world.platform, world.platform.database.kysely, actor, id);
  const action = importActions.find(({ name }) => name === kept.kind.action);
  if (action === undefined) throw new Error(kept.kind.action);
  return perform(
    world.platform,
    action,
    actor,
    { import: id, seen: plan.seen },
    key === undefined ? {} : { key },
  );
};

/** How much there is of everything, and whether every invariant holds. */
export const census = async ({ platform: { database } }: World) => {
  const counts: Record<string, number> = {};
  for (const table of [
    "person",
    "account",
    "role_grant",
    "organization",
    "known_project",
    "integrity_record",
    "ledger_entry",
    "mail",
  ] as const) {
    const row = await database.kysely
      .selectFrom(table as "person")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    counts[table] = row.count;
  }
  return { counts, broken: await checkInvariants(database) };
};
