import { Missing } from "../../../platform/errors.ts";
import { say } from "../../../ui/place.ts";
import { WorkPage } from "../../../ui/work-page.tsx";
import { attempt, type Work, type WorkAnswer } from "../desk.ts";
import { frameOf, type Tried, WhyNot } from "../pieces.tsx";
import { importActions } from "./actions.ts";
import { importIn, planIn } from "./import.kept.ts";
import { Look } from "./import.look.tsx";
import { Result } from "./import.result.tsx";
import { throwAway } from "./store.ts";
import { importWords } from "./words.ts";

/** What a workbook would do, before it does it; afterwards, what it did. */

export const showImport = (work: Work): Promise<WorkAnswer> => page(work);

export const doImport = async (work: Work): Promise<WorkAnswer> => {
  const { kind, id } = await importIn(work);
  const action = importActions.find(({ name }) => name === kind.action);
  if (action === undefined) throw new Missing("action");
  const answer = await attempt(work, action, { import: id, seen: work.form.get("seen") ?? "" });
  if ("done" in answer) return { to: `${work.place.home}/imports/${id}` };
  const { trouble } = answer;
  return { status: trouble.status, page: await page(work, { act: "import", form: work.form, trouble }) };
};

export const discardImport = async (work: Work): Promise<WorkAnswer> => {
  const { id } = await importIn(work);
  await throwAway(work.platform, id);
  return { to: `${work.place.home}/imports?done=discarded` };
};

const page = async (work: Work, tried: Tried | null = null) => {
  const { place } = work;
  const words = importWords[place.language];
  const one = await importIn(work);
  const name = say(place, one.kind.title);
  const title = one.doneAt === null ? words.look(name) : words.result(name);
  const plan = one.doneAt === null ? await planIn(work, one) : null;
  return (
    <WorkPage frame={frameOf(work)} title={title} here="/imports" error={tried !== null} full>
      <WhyNot place={place} tried={tried} />
      <div class="zn-pagehead">
        <h1>{title}</h1>
      </div>
      {one.doneAt !== null ? (
        <Result work={work} one={one} />
      ) : plan === null ? (
        <p>{words.gone}</p>
      ) : (
        <Look work={work} one={one} plan={plan} />
      )}
    </WorkPage>
  );
};
