import { saveDraft } from "../../stages/application/save.ts";
import { attachmentsOf, completeWords, firstWords } from "./content.ts";
import type { Story } from "./data.ts";
import { idOf, must, on, programmeOf, rowOf, type Scene, type Verb } from "./scene.ts";
import type { Player, Stage } from "./stage.ts";

/** What the investigator and the team do. */

const castOf = ({ stage, story }: Scene) => {
  const colleague = story.colleague ?? colleagueOf(stage, story)?.login;
  return {
    unit: must(stage.units.get(story.unit), story.unit),
    partner: story.partner === undefined ? null : must(stage.units.get(story.partner), story.partner),
    colleagues: colleague === undefined ? [] : [must(stage.players.get(colleague), colleague)],
  };
};

/** Some take a colleague with an account into the team, who says so by themselves. */
const colleagueOf = ({ data, players }: Stage, story: Story): Player | undefined => {
  const index = data.stories.indexOf(story);
  if (index % 3 !== 0) return undefined;
  const others = [...players.values()].filter(
    (one) =>
      one.unit === story.unit &&
      one.roles === undefined &&
      one.login !== story.person &&
      one.login.includes("-"),
  );
  return others[index % Math.max(others.length, 1)];
};

export const save = async (scene: Scene, changes: object) => {
  const { draftVersion } = await rowOf(scene);
  await saveDraft(scene.stage.platform, await scene.stage.actorOf(scene.story.person), {
    application: idOf(scene),
    version: draftVersion,
    changes,
  });
};

export const create: Verb = async ({ stage, story }) => {
  const { application } =
    story.copyOf === undefined
      ? await stage.act("application.create", story.person, {
          call: stage.calls.get(story.call),
          content: firstWords(stage.data, programmeOf(stage), story),
        })
      : await stage.act("application.copy", story.person, {
          application: stage.applications.get(story.copyOf),
          call: stage.calls.get(story.call),
        });
  stage.applications.set(story.id, must(application, "id"));
};

/** The first pages: what one writes in an evening. */
export const begin: Verb = async (scene) => {
  const { stage, story } = scene;
  const all = completeWords(stage.data, programmeOf(stage), story, castOf(scene));
  const { abstract, keywords, periodEnd, requestedGrant, sections = {} } = all;
  await save(scene, {
    abstract,
    keywords,
    periodEnd,
    requestedGrant,
    sections: Object.fromEntries(Object.entries(sections).slice(0, 3)),
  });
};

export const write: Verb = async (scene) => {
  const { stage, story } = scene;
  await save(scene, completeWords(stage.data, programmeOf(stage), story, castOf(scene)));
  for (const [type, title] of attachmentsOf(stage.data, programmeOf(stage), story)) {
    const { sha256 } = await stage.paper(`${story.id} ${type}`);
    await stage.act("application.attach", story.person, {
      application: idOf(scene),
      type,
      filename: `${stage.data.words.title[title]}.pdf`,
      file: sha256,
    });
  }
  const colleague = story.colleague === undefined ? colleagueOf(stage, story) : undefined;
  if (colleague !== undefined)
    await stage.act("application.consent", colleague.login, { application: idOf(scene), agreed: true });
};

export const amend: Verb = async (scene) => {
  const content = (await rowOf(scene)).content as { budget: { lines: { explanation: string }[] } };
  const { amended } = scene.stage.data.words;
  await save(scene, {
    budget: {
      lines: content.budget.lines.map((one) =>
        Object.assign(one, { explanation: one.explanation + amended }),
      ),
    },
  });
};

export const submit: Verb = async (scene) => {
  const { draftVersion } = await rowOf(scene);
  await on(scene, "application.submit", scene.story.person, { draftVersion });
};
