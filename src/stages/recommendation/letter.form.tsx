import { civilDateOf } from "../../core/calendar.ts";
import { TextField } from "../../ui/field.tsx";
import type { Frame } from "../../ui/work-page.tsx";
import type { Trouble } from "../registration/desk.ts";
import type { BatchFacts, Scan } from "./batch.ts";
import type { ScanView } from "../endorsement/scan-panel.tsx";
import type { Row } from "./lists.ts";
import { errorAt } from "./pieces.tsx";
import type { Places } from "./quota.ts";
import { recommendationWords } from "./words.ts";

export type LetterAct = "words" | "items" | "attach" | "issue" | "recall" | "paper";

export type LetterProps = {
  readonly frame: Frame;
  readonly batch: BatchFacts;
  readonly rows: readonly Row[];
  /** Passed applications that stand in no letter. */
  readonly others: readonly Row[];
  readonly effects: readonly { readonly places: Places; readonly items: number }[];
  readonly credit: { readonly units: number; readonly clear: number };
  readonly may: Readonly<Record<LetterAct, boolean>>;
  readonly refused: {
    readonly act: LetterAct;
    readonly trouble: Trouble;
    readonly form: URLSearchParams;
  } | null;
  readonly done: string | undefined;
  readonly once: string;
  readonly read: Readonly<Partial<Record<Scan["type"], ScanView>>>;
};

/** The form of an act on a letter: where it goes, and what was entered in it, where it was refused. */
export const letterForm = ({ frame: { place, csrf }, batch, refused, once }: LetterProps, act: LetterAct) => {
  const entered = refused?.act === act ? refused : null;
  return {
    to: {
      action: `${place.home}/batches/${batch.id}/${act}`,
      csrf,
      hidden: { version: entered?.form.get("version") ?? batch.version, key: once },
    },
    entered: entered?.form ?? null,
    said: (name: string, otherwise: string) =>
      entered === null ? otherwise : (entered.form.get(name) ?? ""),
    wrong: (path: string) => (entered === null ? undefined : errorAt(place, entered.trouble, path)),
  };
};

/** 文号 and 落款日期. */
export const NumberAndDate = ({ act, ...props }: LetterProps & { act: "words" | "issue" }) => {
  const {
    frame: { place },
    batch,
  } = props;
  const { letter } = recommendationWords(place);
  const { said, wrong } = letterForm(props, act);
  return (
    <>
      <TextField
        id={`${act}-letterNumber`}
        name="letterNumber"
        label={letter.number}
        hint={letter.numberHint}
        value={said("letterNumber", batch.letterNumber ?? "")}
        error={wrong("letterNumber")}
      />
      <TextField
        id={`${act}-issuedOn`}
        name="issuedOn"
        label={letter.date}
        hint={letter.dateHint}
        width={10}
        value={said("issuedOn", batch.issuedOn ?? civilDateOf(place.now))}
        error={wrong("issuedOn")}
      />
    </>
  );
};
