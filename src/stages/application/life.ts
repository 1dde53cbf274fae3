import { z } from "zod";
import {
  type ApplicationState,
  applicationStates,
  nextState,
  statesOf,
} from "../../core/lifecycle/application.ts";
import type { Grant, Subject } from "../../core/permission/permission.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { type Action, type Done, type Performing } from "../../platform/action.ts";
import { instantText, jsonText } from "../../platform/database/values.ts";
import { refused, Stale } from "../../platform/errors.ts";
import { type ApplicationFacts, applicationFacts } from "./facts.ts";

/** Every act on an application names it and the version that the actor saw. */
export const onApplication = { application: z.uuid(), version: z.int().min(1) };
type OnApplication = { readonly application: string; readonly version: number };

export type Mark = { readonly field: string; readonly text: string };

/** What an act changes beside the state; `decision` is what a person decided, and stands in the timeline. */
export type Moved<Result> = {
  readonly outcome?: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly decision?: {
    readonly reason?: string;
    readonly codes?: readonly string[];
    readonly marks?: readonly Mark[];
    readonly checklist?: readonly { readonly id: string; readonly met: boolean; readonly remark: string }[];
    readonly findings?: readonly unknown[];
  };
  readonly body?: Readonly<Record<string, unknown>>;
  readonly result?: Result;
};

type Context<Input> = Performing<Input> & { readonly facts: ApplicationFacts; readonly grant: Grant | null };

export type Acted = {
  readonly application: string;
  readonly state: ApplicationState;
  readonly version: number;
};

type LifeAction<Input extends OnApplication, Result> = {
  readonly name: string;
  readonly title: Bilingual;
  readonly input: z.ZodType<Input>;
  readonly isolation?: "serializable";
  readonly subject?: (facts: ApplicationFacts, context: Performing<Input>) => Subject;
  readonly act: (context: Context<Input>) => Promise<Moved<Result>>;
  readonly taken?: Action<Input>["taken"];
};

const wrongState = (state: ApplicationState, action: string) => {
  const now = applicationStates[state];
  const from = statesOf(action).map((one) => applicationStates[one]);
  return refused(
    `这项申报现在是“${now.zh}”，只有“${from.map((one) => one.zh).join("”“")}”时可以办理。请刷新后再看。`,
    `This application is now "${now.en}"; this can be done only when it is "${from.map((one) => one.en).join('", "')}". Reload the page.`,
  );
};

/**
 * An action that moves an application along the lifecycle table: reads and locks it, refuses an old version (409) and a state
 * that the table does not allow (422), and writes the next state, the decision and the ledger's words.
 */
export const applicationAction = <Input extends OnApplication, Result = undefined>(
  action: LifeAction<Input, Result>,
): Action<Input, ApplicationFacts, Acted & { readonly detail: Result | null }> => ({
  name: action.name,
  title: action.title,
  input: action.input,
  ...(action.isolation === undefined ? {} : { isolation: action.isolation }),
  ...(action.taken === undefined ? {} : { taken: action.taken }),
  load: ({ platform, tx, actor, input }) =>
    applicationFacts(platform, tx, actor, input.application, "update"),
  subject: (facts, context) => action.subject?.(facts, context) ?? facts.subject,
  effect: async (context) => {
    const { facts, input } = context;
    if (facts.version !== input.version) throw new Stale(input.version, facts.version);
    if (!statesOf(action.name).includes(facts.state)) throw wrongState(facts.state, action.name);
    const moved = await action.act(context);
    return move(context, action.name, moved);
  },
});

/** Writes what an act changed; the state comes from the table alone. */
export const move = async <Result>(
  context: Pick<Context<unknown>, "tx" | "funder" | "actor" | "now" | "grant" | "facts">,
  action: string,
  { outcome, set, decision, body, result }: Moved<Result>,
): Promise<Done<Acted & { readonly detail: Result | null }>> => {
  const { tx, funder, actor, now, grant, facts } = context;
  const state = nextState(facts.state, action, outcome);
  if (state === null) throw wrongState(facts.state, action);
  const version = facts.version + 1;
  await tx
    .updateTable("application")
    .set({ ...set, state, version, updated_at: instantText(now) })
    .where("funder", "=", funder)
    .where("id", "=", facts.id)
    .execute();
  await tx
    .insertInto("decision")
    .values({
      funder,
      application: facts.id,
      version: facts.frozenVersion,
      action,
      from_state: facts.state,
      to_state: state,
      reason: decision?.reason ?? "",
      codes: jsonText(decision?.codes ?? []),
      marks: jsonText(decision?.marks ?? []),
      checklist: jsonText(decision?.checklist ?? []),
      findings: jsonText(decision?.findings ?? []),
      by: actor.account,
      acting_for: grant?.delegatedBy ?? null,
      role: grant?.role ?? null,
      at: instantText(now),
    })
    .execute();
  return {
    result: { application: facts.id, state, version, detail: result ?? null },
    entry: {
      kind: "application",
      id: facts.id,
      body: { from: facts.state, to: state, frozenVersion: facts.frozenVersion, ...body },
    },
  };
};
