import { divisionOf } from "../../stages/application/facts.ts";
import { leafOf } from "./content.ts";
import type { Spoken, Story } from "./data.ts";
import { adminOf } from "./people.ts";
import type { Stage } from "./stage.ts";

/** One story on the stage: whose turn it is at the unit, at the department, at the bureau, and what they act upon. */

export type Scene = { readonly stage: Stage; readonly story: Story };
export type Verb = (scene: Scene) => Promise<unknown>;

export const must = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new RangeError(`there is no ${what}`);
  return value;
};

export const programmeOf = ({ platform }: Stage) => must(platform.policies[0], "pack").programme;
export const idOf = ({ stage, story }: Scene) => must(stage.applications.get(story.id), story.id);

export const rowOf = (scene: Scene) => {
  const { platform } = scene.stage;
  return platform.database.kysely
    .selectFrom("application")
    .innerJoin("draft", (on) =>
      on.onRef("draft.funder", "=", "application.funder").onRef("draft.application", "=", "application.id"),
    )
    .leftJoin("application_version as filed", (on) =>
      on
        .onRef("filed.funder", "=", "application.funder")
        .onRef("filed.application", "=", "application.id")
        .onRef("filed.number", "=", "application.frozen_version"),
    )
    .select([
      "application.version",
      "application.state",
      "draft.version as draftVersion",
      "draft.content",
      "filed.code",
    ])
    .where("application.funder", "=", platform.funder)
    .where("application.id", "=", idOf(scene))
    .executeTakeFirstOrThrow();
};

/** Who holds a role at the unit, the administrator where nobody does. */
export const atUnit = (
  { stage, story }: Scene,
  role: "ORG_ADMIN" | "ORG_SEAL" | "ORG_FINANCE" | "ORG_SECRECY",
) =>
  must(stage.units.get(story.unit), story.unit).people.find((one) => one.roles?.includes(role) === true)
    ?.login;
export const administrator = (scene: Scene) => must(atUnit(scene, "ORG_ADMIN"), "administrator");

export const officerOf = (stage: Stage, department: string, role: "DEPT_REVIEWER" | "DEPT_APPROVER") =>
  must(
    stage.data.departments
      .find(({ key }) => key === department)
      ?.people.find((one) => one.roles?.includes(role) === true)?.login,
    `${role} of ${department}`,
  );
export const atDepartment = ({ stage, story }: Scene, role: "DEPT_REVIEWER" | "DEPT_APPROVER") =>
  officerOf(stage, must(stage.units.get(story.unit), story.unit).department, role);

export const divisionOfficer = ({ stage, story }: Scene) => {
  const programme = programmeOf(stage);
  const { category, field } = leafOf(programme, must(stage.data.topics.get(story.topic), story.topic).code);
  return adminOf(stage, "DIVISION_OFFICER", divisionOf(programme, category, field) ?? undefined);
};

export const wordsOf = ({ stage, story }: Scene, verb: Spoken, index?: number) => {
  const list = stage.data.words[verb];
  return must(list[(index ?? story.words ?? 0) % list.length], verb);
};

/** Acts on the application in the version it has now. */
export const on = async (scene: Scene, action: string, login: string, input: object = {}) => {
  const { version } = await rowOf(scene);
  return scene.stage.act(action, login, { application: idOf(scene), version, ...input });
};

export const said =
  (action: string, who: (scene: Scene) => string, words: Spoken): Verb =>
  (scene) =>
    on(scene, action, who(scene), wordsOf(scene, words));
