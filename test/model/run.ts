import type { Actor } from "../../src/core/permission/permission.ts";
import { type Action, perform, platformNow } from "../../src/platform/action.ts";
import { Denied, Invalid, Missing, Refused, Stale, Taken } from "../../src/platform/errors.ts";
import { actions } from "../../src/app/actions.ts";
import { beginAcceptance, settling, sweep } from "../../src/stages/acceptance/clock.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { checklist, rowOf, scan } from "../endorsement/filed.ts";
import { departmentChecklist } from "../recommendation/ahead.ts";
import { completeContent } from "../world/content.ts";
import type { OrganizationName, World } from "../world/world.ts";
import { type Act, type Command, type Move, moves } from "./acts.ts";

/** One run: the real acts beside a model of nothing but states, dates and letters. */

type Unit = "university" | "hospital" | "institute";
const departmentOf = { university: "education", institute: "education", hospital: "health" } as const;

type Known = {
  readonly id: string;
  readonly unit: Unit;
  readonly pi: Actor;
  state: string;
  endorsed: boolean;
  corrected: boolean;
  due: number;
  sealed: number;
  letter: string | null;
  purge: string | null;
};
type Cast = Readonly<Record<string, Actor>>;
export type Tally = Map<string, number>;

const call = {
  apply: Date.parse("2024-07-01T00:00:00+08:00"),
  recommend: Date.parse("2024-07-06T00:00:00+08:00"),
};
const byName = new Map(actions.map((one) => [one.name, one as Action]));
const parts = [
  ["ORG_ADMIN", ["university", "hospital", "institute"]],
  ["DEPT_REVIEWER", ["education", "health"]],
  ["DEPT_APPROVER", ["education", "health"]],
  ["ACCEPTANCE_OFFICER", ["bureau"]],
  ["APPEAL_OFFICER", ["bureau"]],
  ["SUPERVISOR", ["bureau"]],
] as const satisfies readonly (readonly [string, readonly OrganizationName[]])[];

export const castOf = async (
  world: World,
): Promise<{ cast: Cast; investigators: readonly [Unit, Actor][] }> => {
  const cast: Record<string, Actor> = {};
  for (const [role, places] of parts)
    for (const organization of places)
      cast[`${role} ${organization}`] = await world.actorOf(
        await world.someone({ roles: [role], organization }),
      );
  for (const name of ["first", "second"])
    cast[name] = await world.actorOf(await world.someone({ roles: ["SEC_ADMIN"], organization: "bureau" }));
  const investigators: [Unit, Actor][] = [];
  for (const unit of ["university", "hospital", "institute", "institute"] as const)
    investigators.push([
      unit,
      await world.actorOf(await world.someone({ roles: ["PI"], organization: unit })),
    ]);
  return { cast, investigators };
};

/** The errors with which the platform refuses; whatever else is thrown is a fault of ours. */
const refusals = [Denied, Missing, Stale, Taken, Refused, Invalid];
const isRefusal = (error: unknown): error is Error => refusals.some((one) => error instanceof one);

let letters = 0;

export const play = async (
  world: World,
  { cast, investigators }: Awaited<ReturnType<typeof castOf>>,
  asked: readonly Command[],
  tally: Tally,
): Promise<ReadonlyMap<string, string>> => {
  const { platform } = world;
  const known: Known[] = [];
  const credit = new Set<Unit>();
  let clock = Date.parse("2024-06-10T09:00:00+08:00");

  const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
  const as = (part: string): Actor => {
    const actor = cast[part];
    if (actor === undefined) throw new Error(`nobody is ${part}`);
    return actor;
  };
  const act = async (name: string, actor: Actor, input: object): Promise<Record<string, unknown>> => {
    const action = byName.get(name);
    if (action === undefined) throw new Error(`no action is called ${name}`);
    return (await perform(platform, action, actor, input)) as Record<string, unknown>;
  };
  /** What came of it, or how it was refused. */
  const tried = async <Result>(what: string, work: () => Promise<Result>): Promise<Result | Error> => {
    try {
      const result = await work();
      count(what);
      return result;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      count(`${what} ${error.name}`);
      return error;
    }
  };

  const doer = (move: Move, one: Known): Actor => {
    const department = departmentOf[one.unit];
    switch (move) {
      case "save":
      case "submit":
      case "withdrawDraft":
        return one.pi;
      case "pass":
      case "returnByDepartment":
        return as(`DEPT_REVIEWER ${department}`);
      case "decline":
      case "withdrawRecommended":
        return as(`DEPT_APPROVER ${department}`);
      case "correct":
      case "accept":
      case "refuse":
        return as("ACCEPTANCE_OFFICER bureau");
      case "uphold":
      case "dismiss":
        return as("APPEAL_OFFICER bureau");
      default:
        return as(`ORG_ADMIN ${one.unit}`);
    }
  };

  const versions = async (one: Known) => {
    const { version, frozen_version: frozen } = await rowOf(world, one.id);
    const draft = await platform.database.kysely
      .selectFrom("draft")
      .select("version")
      .where("application", "=", one.id)
      .executeTakeFirst();
    const filed = await platform.database.kysely
      .selectFrom("application_version")
      .select("code")
      .where("application", "=", one.id)
      .where("number", "=", frozen ?? 0)
      .executeTakeFirst();
    return { version, frozen: frozen ?? 0, draft: draft?.version ?? 1, code: filed?.code ?? "-" };
  };

  const asking: Readonly<Record<Move, readonly [string, (one: Known) => Promise<object>]>> = {
    save: ["application.save", async () => ({})],
    submit: ["application.submit", async (one) => ({ draftVersion: (await versions(one)).draft })],
    withdrawDraft: ["application.withdraw", async () => ({ reason: "不报了" })],
    seal: [
      "endorsement.seal",
      async (one) => ({ code: (await versions(one)).code, commitment: true, ...(await scan(world)) }),
    ],
    return: ["endorsement.return", async () => ({ reason: "请核对题目" })],
    approve: ["endorsement.approve", async () => ({ checklist: checklist(world), overQuota: true })],
    reject: ["endorsement.reject", async () => ({ reason: "不同意" })],
    withdrawUnit: ["endorsement.withdraw", async () => ({ reason: "单位撤回" })],
    withdrawLate: ["endorsement.withdrawLate", async () => ({ reason: "单位撤回" })],
    pass: ["recommendation.pass", async () => ({ checklist: departmentChecklist(world) })],
    returnByDepartment: ["recommendation.return", async () => ({ reason: "请核对预算" })],
    decline: ["recommendation.decline", async () => ({ reasons: [{ code: "R15", fact: "缺材料" }] })],
    withdrawRecommended: [
      "recommendation.withdraw",
      async () => ({ reason: "单位来函", unitRequest: "示例函〔2024〕9号" }),
    ],
    correct: [
      "acceptance.requestCorrection",
      async () => ({ defects: [{ code: "R23", fact: "指标不全", fields: ["indicators", "seal"] }] }),
    ],
    resubmit: [
      "endorsement.resubmitCorrection",
      async (one) => ({ draftVersion: (await versions(one)).draft, commitment: true }),
    ],
    accept: ["acceptance.accept", async () => ({})],
    refuse: ["acceptance.refuse", async () => ({ reasons: [{ code: "R15", fact: "缺材料" }] })],
    appeal: ["appeal.file", async () => ({ grounds: "材料齐全" })],
    uphold: ["appeal.decide", async () => ({ outcome: "upheld", reason: "理由成立" })],
    dismiss: ["appeal.decide", async () => ({ outcome: "dismissed", reason: "理由不成立" })],
  };

  const attempt = async (move: Move, one: Known, how: Command["how"]): Promise<void> => {
    const rule: { readonly from: readonly string[]; readonly to?: string; readonly certain?: true } =
      moves[move];
    const [name, inputOf] = asking[move];
    const actor = how === "stranger" ? as("SUPERVISOR bureau") : doer(move, one);
    const { version, frozen, draft } = await versions(one);
    const shift = how === "stale" ? 7 : 0;
    const more = await inputOf(one);
    const outcome = await tried(move, () =>
      move === "save"
        ? saveDraft(platform, actor, {
            application: one.id,
            version: draft + shift,
            changes: { indicators: completeContent().indicators ?? [] },
          })
        : act(name, actor, { application: one.id, version: version + shift, ...more }),
    );
    const said = `${move} (${how}) of ${one.state}`;
    if (outcome instanceof Error) {
      if (how === "stranger" && !(outcome instanceof Denied || outcome instanceof Missing))
        throw new Error(`${said}: ${outcome.name}: ${outcome.message}`);
      if (how === "stale" && rule.from.includes(one.state) && !(outcome instanceof Stale))
        throw new Error(`${said}: ${outcome.name}: ${outcome.message}`);
      if (how === "right" && rule.certain === true && rule.from.includes(one.state))
        throw new Error(`${said} was refused: ${outcome.name}: ${outcome.message}`);
      return;
    }
    if (how !== "right" || !rule.from.includes(one.state)) throw new Error(`${said} was done`);
    if (move === "seal") one.sealed = frozen;
    if (move === "approve") {
      if (one.sealed !== frozen) throw new Error(`${said}: without the seal`);
      one.endorsed = true;
    }
    if (move === "correct") {
      if (one.corrected) throw new Error(`${said}: a second time`);
      one.corrected = true;
      one.due = (outcome as { detail: { due: number } }).detail.due;
    }
    if (rule.to !== undefined) one.state = rule.to;
  };

  const versionOfLetter = async (batch: string) =>
    (
      await platform.database.kysely
        .selectFrom("batch")
        .select("version")
        .where("id", "=", batch)
        .executeTakeFirstOrThrow()
    ).version;

  /** Prepared, sealed and issued; what was begun before is taken up again. */
  const letter = async (one: Known, how: Command["how"]): Promise<void> => {
    const approver = as(`DEPT_APPROVER ${departmentOf[one.unit]}`);
    const listed = known.filter(
      (other) => other === one || (other.state === "DEPT_PASSED" && other.letter === null && how === "right"),
    );
    if (one.letter === null) {
      const list = listed.filter(({ unit }) => departmentOf[unit] === departmentOf[one.unit]);
      const prepared = await tried("prepare", () =>
        act("recommendation.prepareBatch", how === "stranger" ? as("SUPERVISOR bureau") : approver, {
          call: world.call,
          applications: list.map(({ id }) => id),
        }),
      );
      if (prepared instanceof Error) return;
      if (how === "stranger" || list.some(({ state }) => state !== "DEPT_PASSED"))
        throw new Error(`a letter (${how}) of ${list.map(({ state }) => state).join()}`);
      for (const other of list) other.letter = String(prepared["batch"]);
    }
    const batch = one.letter ?? "";
    const items = known.filter((other) => other.letter === batch);
    const done = await tried("letter", async () => {
      for (const kind of ["SEALED_LETTER", "SEALED_LIST"])
        await act("recommendation.attach", approver, {
          batch,
          version: await versionOfLetter(batch),
          kind,
          ...(await scan(world)),
        });
      letters += 1;
      return act("recommendation.issue", approver, {
        batch,
        version: (await versionOfLetter(batch)) + (how === "stale" ? 7 : 0),
        letterNumber: `示例函〔2024〕${letters}号`,
        issuedOn: "2024-06-10",
      });
    });
    if (done instanceof Error) return;
    if (how === "stale" || items.some(({ state }) => state !== "DEPT_PASSED") || clock >= call.recommend)
      throw new Error(`a letter (${how}) was issued of ${items.map(({ state }) => state).join()}`);
    for (const other of items) other.state = "RECOMMENDED";
  };

  const recall = async (one: Known): Promise<void> => {
    if (one.letter === null) return;
    const batch = one.letter;
    const items = known.filter((other) => other.letter === batch);
    const done = await tried("recall", async () =>
      act("recommendation.recall", as(`DEPT_APPROVER ${departmentOf[one.unit]}`), {
        batch,
        version: await versionOfLetter(batch),
        reason: "清单有误",
      }),
    );
    if (done instanceof Error) return;
    for (const other of items) {
      const gone = ["WITHDRAWN", "PURGED"].includes(other.state);
      if (!gone && (!["RECOMMENDED", "ACCEPTANCE"].includes(other.state) || other.corrected))
        throw new Error(`a letter was recalled over ${other.state}`);
      other.letter = gone ? null : String(done["prepared"]);
      if (!gone) other.state = "DEPT_PASSED";
    }
  };

  const forward = async (hours: number): Promise<void> => {
    clock += hours * 3_600_000;
    await world.at(new Date(clock).toISOString());
    clock = await platformNow(platform.database.kysely);
    await sweep(platform);
    const late = clock - settling;
    for (const one of known) {
      const until = one.endorsed ? call.recommend : call.apply;
      if (one.state === "RECOMMENDED") one.state = "ACCEPTANCE";
      else if (["DRAFT", "RETURNED_TO_PI", "ORG_REVIEW"].includes(one.state) && late >= until)
        one.state = "LAPSED";
      else if (["DEPT_REVIEW", "DEPT_PASSED"].includes(one.state) && late >= call.recommend)
        one.state = "LAPSED";
      else if (one.state === "CORRECTION" && late >= one.due) one.state = "NOT_ACCEPTED";
    }
    count("forward");
  };

  const onward = async (one: Known, which: number): Promise<Act> => {
    switch (one.state) {
      case "DRAFT":
      case "RETURNED_TO_PI":
        return "submit";
      case "ORG_REVIEW":
        return one.sealed === (await versions(one)).frozen ? "approve" : "seal";
      case "DEPT_REVIEW":
        return credit.has(one.unit) ? "pass" : "credit";
      case "DEPT_PASSED":
        return "letter";
      case "RECOMMENDED":
        return "begin";
      case "ACCEPTANCE":
        return (["accept", "correct", "refuse"] as const)[which % 3] ?? "accept";
      case "CORRECTION":
        return "resubmit";
      case "NOT_ACCEPTED":
        return "appeal";
      case "APPEAL":
        return which % 2 === 0 ? "uphold" : "dismiss";
      default:
        return "create";
    }
  };

  const aside = (one: Known, which: number): Act => {
    const possible: Act[] = (Object.keys(moves) as Move[]).filter((move) =>
      (moves[move].from as readonly string[]).includes(one.state),
    );
    if (one.letter !== null) possible.push("recall");
    possible.push(one.purge === null ? "propose" : "purge");
    return possible[which % possible.length] ?? "propose";
  };

  const other = async (what: Act, one: Known, { how, hours }: Command): Promise<void> => {
    switch (what) {
      case "credit": {
        const done = await tried("credit", async () =>
          act("recommendation.recordCreditCheck", as(`DEPT_REVIEWER ${departmentOf[one.unit]}`), {
            call: world.call,
            organization: world.organizations[one.unit].id,
            result: "CLEAR",
            checkedOn: "2024-06-09",
            ...(await scan(world)),
          }),
        );
        if (!(done instanceof Error)) credit.add(one.unit);
        return;
      }
      case "letter":
        return letter(one, how);
      case "recall":
        return recall(one);
      case "begin": {
        const began = await beginAcceptance(platform, one.id);
        if (began !== (one.state === "RECOMMENDED")) throw new Error(`acceptance begins of ${one.state}`);
        if (began) one.state = "ACCEPTANCE";
        return;
      }
      case "propose": {
        const done = await tried("propose", () =>
          act("acceptance.proposePurge", as("first"), { application: one.id, reason: "有人举报涉密" }),
        );
        if (!(done instanceof Error)) one.purge = String(done["purge"]);
        return;
      }
      case "purge": {
        if (one.purge === null) return;
        const { version } = await versions(one);
        const by = how === "stranger" ? as("first") : as("second");
        const done = await tried("purge", () =>
          act("acceptance.purge", by, { purge: one.purge, version: version + (how === "stale" ? 7 : 0) }),
        );
        if (done instanceof Error) return;
        if (how !== "right") throw new Error(`purged (${how})`);
        one.state = "PURGED";
        return;
      }
      case "forward":
        return forward(hours);
      default:
        return;
    }
  };

  const create = async (which: number): Promise<void> => {
    const [unit, pi] = investigators[which % investigators.length] ?? [];
    if (unit === undefined || pi === undefined) return;
    const made = await tried("create", () =>
      act("application.create", pi, { call: world.call, content: completeContent() }),
    );
    if (made instanceof Error) return;
    if (clock >= call.apply) throw new Error("begun after the call had closed");
    const fresh = { endorsed: false, corrected: false, due: 0, sealed: 0, letter: null, purge: null };
    known.push({ id: String(made["application"]), unit, pi, state: "DRAFT", ...fresh });
  };

  for (const command of asked) {
    const one = known[command.which % Math.max(1, Math.min(known.length, 4))];
    const what =
      one === undefined
        ? "create"
        : command.act === "onward"
          ? await onward(one, command.which)
          : command.act === "aside"
            ? aside(one, command.which)
            : command.act;
    if (one === undefined || what === "create") await create(command.which);
    else if (Object.hasOwn(moves, what)) await attempt(what as Move, one, command.how);
    else await other(what, one, command);
  }
  return new Map(known.map(({ id, state }) => [id, state]));
};
