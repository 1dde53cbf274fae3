import type { Bilingual } from "../../../core/policy/words.ts";
import { Form } from "../../../ui/form.tsx";
import { type Place, say } from "../../../ui/place.ts";
import type { Work } from "../desk.ts";
import { Button, frameOf, momentOf } from "../pieces.tsx";
import { Faults } from "./import.faults.tsx";
import { Additions, Changes } from "./import.rows.tsx";
import type { ImportKind } from "./kind.ts";
import type { KeptImport, Plan } from "./store.ts";
import { importWords } from "./words.ts";

/** What a workbook would do, before it does it. */
export const Look = ({ work, one, plan }: { work: Work; one: KeptImport; plan: Plan }) => {
  const { place } = work;
  const { kind } = one;
  const words = importWords[place.language];
  const { csrf } = frameOf(work);
  const here = `${place.home}/imports/${one.id}`;
  const { ADD, CHANGE } = plan.counts;
  const notes: readonly Bilingual[] = plan.notes;
  return (
    <>
      <p>
        {words.from(one.filename, momentOf(one.uploadedAt))} <strong>{words.nothingYet}</strong>
      </p>
      <Counts place={place} kind={kind} plan={plan} />
      {notes.length > 0 && (
        <section class="zn-regpart">
          <h2>{words.notesTitle}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {notes.map((note) => (
              <li>{say(place, note)}</li>
            ))}
          </ul>
        </section>
      )}
      {plan.faults.length > 0 ? (
        <>
          <p>{words.toCorrect(plan.faults.length)}</p>
          <p class="zn-importacts">
            <a class="govuk-button" href={`${here}/marked`}>
              {words.marked}
            </a>
            <a class="govuk-link" href={`${place.home}/imports?kind=${kind.code}`}>
              {words.again}
            </a>
          </p>
          <Faults work={work} plan={plan} />
        </>
      ) : ADD + CHANGE === 0 ? (
        <p>{words.nothingToDo}</p>
      ) : (
        <Form action={`${here}/run`} csrf={csrf} hidden={{ key: crypto.randomUUID(), seen: plan.seen }}>
          <p>{words.runHint(say(place, kind.count(ADD)), say(place, kind.count(CHANGE)))}</p>
          <Button>{words.run(say(place, kind.count(ADD + CHANGE)))}</Button>
        </Form>
      )}
      <Changes work={work} rows={plan.rows} />
      <Additions work={work} rows={plan.rows} />
      <Form action={`${here}/discard`} csrf={csrf}>
        <Button kind="secondary">{words.discard}</Button>
      </Form>
    </>
  );
};

const Counts = ({ place, kind, plan }: { place: Place; kind: ImportKind; plan: Plan }) => {
  const words = importWords[place.language];
  const { ADD, CHANGE, SAME } = plan.counts;
  const counts: readonly (readonly [string, string])[] = [
    [words.add, say(place, kind.count(ADD))],
    [words.change, say(place, kind.count(CHANGE))],
    [words.same, say(place, kind.count(SAME))],
    [words.faults, words.places(plan.faults.length)],
  ];
  return (
    <dl class="zn-importcounts">
      {counts.map(([title, count]) => (
        <div>
          <dt>{title}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
};
