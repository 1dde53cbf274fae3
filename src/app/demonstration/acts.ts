import { Refused } from "../../platform/errors.ts";
import { amend, begin, create, save, submit, write } from "./applying.ts";
import { adminOf } from "./people.ts";
import { stampedForm } from "./papers.ts";
import {
  administrator,
  atDepartment,
  atUnit,
  divisionOfficer,
  idOf,
  must,
  on,
  rowOf,
  said,
  type Scene,
  type Verb,
  wordsOf,
} from "./scene.ts";
import type { Stage } from "./stage.ts";

/** The verbs of the paths, each one or more ordinary acts of the people whose turn it is. */

const seal = async (scene: Scene) => {
  const { stage, story } = scene;
  const { code } = await rowOf(scene);
  const officer = atUnit(scene, "ORG_SEAL") ?? administrator(scene);
  const form = isShown(scene) ? await stampedForm(stage, idOf(scene), officer) : null;
  await on(scene, "endorsement.seal", officer, {
    ...(form === null ? { code } : {}),
    commitment: true,
    // One sheet for all of them is looked at once; what is destroyed must have had its own.
    file: form ?? (await stage.paper(`stamped ${story.path === "PURGED" ? story.id : ""}`)).sha256,
    filename: `${stage.data.words.title.scan}.pdf`,
  });
};

/** The first of each path of the open call is stamped on its own form; a hundred forms would keep the first start waiting for minutes. */
const isShown = ({ stage: { data }, story }: Scene) =>
  story.call === "open" &&
  data.stories.find((one) => one.call === "open" && one.path === story.path) === story;

const endorse: Verb = async (scene) => {
  const { stage, story } = scene;
  await seal(scene);
  for (const [role, action] of [
    ["ORG_FINANCE", "endorsement.confirmBudget"],
    ["ORG_SECRECY", "endorsement.confirmSecrecy"],
  ] as const) {
    const officer = atUnit(scene, role);
    if (officer !== undefined) await on(scene, action, officer, { agreed: true });
  }
  const { institutionChecklist } = must(stage.platform.policies[0], "pack").procedure;
  await on(scene, "endorsement.approve", administrator(scene), {
    checklist: institutionChecklist.map(({ id }) => id),
    overQuota: story.overQuota ?? false,
  });
};

const pass: Verb = async (scene) => {
  const { departmentChecklist } = must(scene.stage.platform.policies[0], "pack").procedure;
  await on(scene, "recommendation.pass", atDepartment(scene, "DEPT_REVIEWER"), {
    checklist: departmentChecklist.map(({ id }) => ({ id, met: true })),
  });
};

/** The desk confirms what the rules leave to a person, each with a remark. */
const accept: Verb = async (scene) => {
  const officer = adminOf(scene.stage, "ACCEPTANCE_OFFICER");
  try {
    await on(scene, "acceptance.accept", officer);
  } catch (error) {
    const open = error instanceof Refused ? error.findings : [];
    if (open.length === 0 || open.some(({ severity }) => severity !== "confirm")) throw error;
    await on(scene, "acceptance.accept", officer, {
      confirmations: open.map(({ rule, path }) => ({
        rule,
        path,
        remark: scene.stage.data.words.confirmation,
      })),
    });
  }
};

/** All that the notice names and the form of the category has. */
const correct: Verb = async (scene) => {
  const { content } = await rowOf(scene);
  const { sections } = content as { sections: object };
  const { defects = [], notice } = wordsOf(scene, "correct");
  await on(scene, "acceptance.requestCorrection", adminOf(scene.stage, "ACCEPTANCE_OFFICER"), {
    notice,
    defects: defects.map(({ code, fact, fields = [] }) => ({
      code,
      fact,
      fields: fields.filter(
        (field) => !field.startsWith("sections.") || Object.hasOwn(sections, field.slice("sections.".length)),
      ),
    })),
  });
};

const resubmit: Verb = async (scene) => {
  const { platform, data } = scene.stage;
  const { correction_fields: opened } = await platform.database.kysely
    .selectFrom("application")
    .select("correction_fields")
    .where("funder", "=", platform.funder)
    .where("id", "=", idOf(scene))
    .executeTakeFirstOrThrow();
  const fields = opened as readonly string[];
  const sections = fields
    .filter((one) => one.startsWith("sections."))
    .map((one) => one.slice("sections.".length));
  if (fields.includes("budget")) await amend(scene);
  if (sections.length > 0) {
    const { content } = await rowOf(scene);
    const before = (content as { sections: Record<string, string> }).sections;
    await save(scene, {
      sections: Object.fromEntries(
        sections.map((id) => [id, `${before[id] ?? ""}\n\n${data.words.amended}`]),
      ),
    });
  }
  const { draftVersion } = await rowOf(scene);
  await on(scene, "endorsement.resubmitCorrection", administrator(scene), { draftVersion, commitment: true });
  await seal(scene);
};

const exceptionOf = async (scene: Scene): Promise<string> => {
  const { platform } = scene.stage;
  const { id } = await platform.database.kysely
    .selectFrom("exception")
    .select("id")
    .where("funder", "=", platform.funder)
    .where("application", "=", idOf(scene))
    .executeTakeFirstOrThrow();
  return id;
};
const exceptionWords = (scene: Scene) => wordsOf(scene, "exception", scene.story.exception);
const onRule = (scene: Scene, reason: string | undefined) => ({
  application: idOf(scene),
  rule: scene.story.rule,
  reason,
});

const purgeOf = async (scene: Scene): Promise<string> => {
  const { platform } = scene.stage;
  const { id } = await platform.database.kysely
    .selectFrom("purge")
    .select("id")
    .where("funder", "=", platform.funder)
    .where("application", "=", idOf(scene))
    .executeTakeFirstOrThrow();
  return id;
};
const securityOf = ({ data }: Stage, index: number) =>
  must(
    data.bureau.people.filter((one) => one.roles?.includes("SEC_ADMIN") === true)[index]?.login,
    "SEC_ADMIN",
  );

const desk = ({ stage }: Scene) => adminOf(stage, "ACCEPTANCE_OFFICER");
const appealOfficer = ({ stage }: Scene) => adminOf(stage, "APPEAL_OFFICER");
const reviewer = (scene: Scene) => atDepartment(scene, "DEPT_REVIEWER");
const approver = (scene: Scene) => atDepartment(scene, "DEPT_APPROVER");
const investigator = ({ story }: Scene) => story.person;

export const verbs: Readonly<Record<string, Verb>> = {
  create,
  begin,
  write,
  amend,
  submit,
  endorse,
  pass,
  accept,
  correct,
  resubmit,
  abandon: said("application.withdraw", investigator, "withdraw"),
  askWithdrawal: said("application.requestWithdrawal", investigator, "withdraw"),
  unitReturn: said("endorsement.return", administrator, "unitReturn"),
  unitReject: said("endorsement.reject", administrator, "unitReject"),
  unitWithdraw: said("endorsement.withdraw", administrator, "withdraw"),
  withdrawLate: said("endorsement.withdrawLate", administrator, "withdraw"),
  deptReturn: said("recommendation.return", reviewer, "deptReturn"),
  decline: said("recommendation.decline", approver, "decline"),
  deptWithdraw: said("recommendation.withdraw", approver, "withdraw"),
  refuse: said("acceptance.refuse", desk, "refuse"),
  appeal: said("appeal.file", administrator, "appeal"),
  uphold: (scene) =>
    on(scene, "appeal.decide", appealOfficer(scene), {
      outcome: "upheld",
      ...wordsOf(scene, "uphold"),
    }),
  dismiss: (scene) =>
    on(scene, "appeal.decide", appealOfficer(scene), {
      outcome: "dismissed",
      ...wordsOf(scene, "dismiss"),
    }),
  advise: (scene) =>
    scene.stage.act("acceptance.advise", divisionOfficer(scene), {
      application: idOf(scene),
      ...wordsOf(scene, "advise"),
    }),
  askException: (scene) =>
    scene.stage.act(
      "application.requestException",
      scene.story.person,
      onRule(scene, exceptionWords(scene).reason),
    ),
  proposeException: (scene) =>
    scene.stage.act(
      "acceptance.proposeException",
      divisionOfficer(scene),
      onRule(scene, exceptionWords(scene).opinion),
    ),
  grantException: async (scene) =>
    scene.stage.act("acceptance.confirmException", adminOf(scene.stage, "BUREAU_LEADER"), {
      exception: await exceptionOf(scene),
    }),
  refuseException: async (scene) =>
    scene.stage.act("acceptance.refuseException", adminOf(scene.stage, "BUREAU_LEADER"), {
      exception: await exceptionOf(scene),
      reason: exceptionWords(scene).refusal,
    }),
  proposePurge: (scene) =>
    scene.stage.act("acceptance.proposePurge", securityOf(scene.stage, 0), {
      application: idOf(scene),
      ...wordsOf(scene, "purge"),
    }),
  purge: async (scene) =>
    scene.stage.act("acceptance.purge", securityOf(scene.stage, 1), {
      purge: await purgeOf(scene),
      version: (await rowOf(scene)).version,
    }),
};
