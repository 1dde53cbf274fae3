import type { Worded } from "../../../core/application/worded.ts";
import type { Fold } from "../../../core/similarity/fold.ts";
import type { Passage } from "../../../core/similarity/compare.ts";
import type { SimilarHit } from "../../../platform/similarity.ts";
import { type Place, say } from "../../../ui/place.ts";
import type { Attached } from "./document.ts";
import { type Piece, piecesOf, sharedRuns } from "./runs.ts";
import { percent, similarWords } from "./words.ts";

/** One side of a comparison: its texts by section, and how its questions are worded. */
export type Side = {
  readonly texts: ReadonlyMap<string, string>;
  readonly worded: Pick<Worded, "sections"> | null;
  readonly attached: readonly Attached[];
};

/** The title of the question that a section answers, or the name of the file. */
export const sectionTitle = (place: Place, { worded, attached }: Side, name: string): string => {
  const file = attached.find(({ section }) => section === name);
  if (file !== undefined) return similarWords(place).attachment(file.title);
  const question = worded?.sections
    .flatMap(({ questions }) => questions)
    .find((one) => one.path === name || one.path === `sections.${name}` || one.id === name);
  return question === undefined ? similarWords(place).unnamed : say(place, question.title);
};

const hasWords = /[\p{L}\p{N}]/u;

/** `conceal`: only what both share is shown, so that nobody reads the other's own words. */
const Marked = ({ pieces, conceal }: { pieces: readonly Piece[]; conceal: boolean }) => (
  <p>
    {pieces.map(({ text, same }) =>
      same ? (
        <mark>{text}</mark>
      ) : conceal ? (
        hasWords.test(text) && "……"
      ) : hasWords.test(text) ? (
        <mark class="alt">{text}</mark>
      ) : (
        text
      ),
    )}
  </p>
);

const Bar = ({ share }: { share: number }) => (
  <svg class="zn-simbar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect width="100" height="4" />
    <rect class="is-shared" width={Math.max(share === 0 ? 0 : 1, Math.round(share * 100))} height="4" />
  </svg>
);

/** How much of each section is shared, thin bars with the numbers beside. */
export const Sections = ({ place, hit, mine }: { place: Place; hit: SimilarHit; mine: Side }) => {
  const words = similarWords(place);
  const shared = hit.sections.filter((one) => one.coverage > 0);
  return (
    <table class="zn-simtable">
      <caption class="govuk-visually-hidden">{words.sections}</caption>
      <thead class="govuk-visually-hidden">
        <tr>
          <th scope="col">{words.section}</th>
          <th scope="col">{words.share}</th>
          <th scope="col">{words.counted}</th>
        </tr>
      </thead>
      <tbody>
        {shared.map((one) => (
          <tr>
            <th scope="row">{sectionTitle(place, mine, one.section)}</th>
            <td>
              <Bar share={one.coverage} /> {percent(one.coverage)}
            </td>
            <td class="zn-sub">{words.characters(one.own)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

type PassagesProps = {
  readonly place: Place;
  readonly fold: Fold;
  /** Makes anchors of several lists on one page differ. */
  readonly prefix: string;
  readonly hit: SimilarHit;
  readonly mine: Side;
  readonly theirs: Side;
  readonly names: readonly [mine: string, theirs: string];
  /** For applicants: of the other side only shared words, and nothing of its title. */
  readonly conceal: boolean;
};

/** Passages side by side; each leads to its place on the other side. */
export const Passages = (props: PassagesProps) => (
  <div class="zn-simpassages">
    {props.hit.passages.map((passage, index) => (
      <Pair {...props} passage={passage} at={index + 1} />
    ))}
  </div>
);

const Pair = ({ passage, at, ...props }: PassagesProps & { passage: Passage; at: number }) => {
  const { place, fold, prefix, mine, theirs, names, conceal } = props;
  const words = similarWords(place);
  const own = (mine.texts.get(passage.section) ?? "").slice(passage.from, passage.to);
  const other = (theirs.texts.get(passage.inSection) ?? "").slice(passage.inFrom, passage.inTo);
  const runs = sharedRuns(fold, own, other);
  const id = `${prefix}-${at}`;
  const look = passage.verbatim >= 0.9 ? "zn-mref" : "zn-mref zn-mref--alt";
  const silent = other === "" || (conceal && passage.inSection === "title");
  return (
    <div class="zn-pair">
      <div id={id}>
        <h3>
          <span class={look}>{at}</span> {names[0]}　{sectionTitle(place, mine, passage.section)}{" "}
          {words.verbatim(percent(passage.verbatim))}{" "}
          <a class="govuk-link zn-simjump" href={`#${id}-other`}>
            {words.toOther}
            <span class="govuk-visually-hidden">：{words.passage(at)}</span>
          </a>
        </h3>
        <Marked
          pieces={piecesOf(
            own,
            runs.map(({ from, to }) => [from, to]),
          )}
          conceal={false}
        />
      </div>
      <div id={`${id}-other`}>
        <h3>
          <span class={look}>{at}</span> {names[1]}{" "}
          {!conceal && sectionTitle(place, theirs, passage.inSection)}{" "}
          <a class="govuk-link zn-simjump" href={`#${id}`}>
            {words.toOwn}
            <span class="govuk-visually-hidden">：{words.passage(at)}</span>
          </a>
        </h3>
        {silent ? (
          <p class="zn-sub">{words.noText}</p>
        ) : (
          <Marked
            pieces={piecesOf(
              other,
              runs.map(({ inFrom, inTo }) => [inFrom, inTo]),
            )}
            conceal={conceal}
          />
        )}
      </div>
    </div>
  );
};
