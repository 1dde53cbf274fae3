import { PassThrough } from "node:stream";
import { exportLedger, type LedgerVerdict, verifyLedger } from "../../platform/ledger/exporting.ts";
import { civilDateOf } from "../../core/calendar.ts";
import type { Platform } from "../../platform/platform.ts";
import { WorkPage } from "../../ui/work-page.tsx";
import type { Work, WorkAnswer } from "./desk.ts";
import { ledgerWords } from "./ledger-words.ts";
import { mustRead } from "./ledger.ts";
import { Button, fieldsOf, frameOf, momentOf, type Tried, WhyNot } from "./pieces.tsx";

type Trusted = { readonly number: number; readonly root: string };

/** Reading the whole ledger is heavy: whoever asks the same while it is read waits for the same answer. */
const running = new Map<string, Promise<LedgerVerdict>>();
const verify = (platform: Platform, trusted: Trusted | undefined): Promise<LedgerVerdict> => {
  const { database, funder, keys } = platform;
  const asked = `${database.url} ${funder} ${trusted?.number}:${trusted?.root}`;
  const known = running.get(asked);
  if (known !== undefined) return known;
  const verdict = verifyLedger(database.kysely, funder, {
    keys: keys.ledgerPublic,
    ...(trusted === undefined ? {} : { trusted }),
  }).finally(() => running.delete(asked));
  running.set(asked, verdict);
  return verdict;
};

const trustedFrom = (text: string): Trusted | null => {
  const match = /^(\d{1,15})[:：]([0-9a-f]{64})$/.exec(text.replaceAll(/\s/g, "").toLowerCase());
  return match === null ? null : { number: Number(match[1]), root: match[2] ?? "" };
};

const Verdict = ({ work, verdict }: { work: Work; verdict: LedgerVerdict }) => {
  const words = ledgerWords(work.place);
  const { verified, entries, firstBad, fault, root, unsound, heads } = verdict;
  return (
    <>
      <div class={verified ? "zn-regdone" : "zn-regdone zn-ledgerbad"} role={verified ? "status" : "alert"}>
        <p>
          <strong>{verified ? words.sound(entries) : words.broken(firstBad)}</strong>
        </p>
        {fault !== null && <p>{words.faults[fault]}</p>}
        {unsound.length > 0 && <p>{words.unsound(unsound.join(", "))}</p>}
        {!verified && <p>{words.brokenNext}</p>}
      </div>
      <dl class="zn-regfacts">
        {(
          [
            [words.counted, String(entries)],
            [words.root, root],
            [words.head, words.compared(heads)],
            [words.checkedAt, momentOf(work.now)],
          ] as const
        ).map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value.length === 64 ? <code class="zn-hash">{value}</code> : value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};

/** Verifies at once; with `head`, against a head that somebody kept elsewhere, too. */
export const checkLedger = async (work: Work): Promise<WorkAnswer> => {
  const { place, platform, viewer, query } = work;
  mustRead("ledger.list", viewer.actor);
  const words = ledgerWords(place);
  const given = query["head"] ?? "";
  const trusted = given === "" ? undefined : trustedFrom(given);
  const fault = {
    zh: ledgerWords({ language: "zh" }).trustedFault,
    en: ledgerWords({ language: "en" }).trustedFault,
  };
  const tried: Tried = {
    act: "check",
    form: new URLSearchParams({ head: given }),
    trouble: {
      status: 422,
      reason: fault,
      findings: [],
      faults: trusted === null ? [{ place: "head", reason: fault }] : [],
    },
  };
  const verdict = trusted === null ? null : await verify(platform, trusted);
  const page = (
    <WorkPage frame={frameOf(work)} title={words.checkTitle} here="/ledger" error={trusted === null}>
      <div class="zn-head">
        <WhyNot place={place} tried={trusted === null ? tried : null} />
        <h1>{words.checkTitle}</h1>
      </div>
      <div class="zn-ledgercheck">
        {verdict !== null && <Verdict work={work} verdict={verdict} />}
        <form method="get" action={`${place.home}/ledger/check`} class="zn-regpart" novalidate>
          <h2>{words.trusted}</h2>
          {fieldsOf(place, "check", tried).line("head", words.trustedLabel, { hint: words.trustedHint })}
          <p>{words.checkHint}</p>
          <Button kind="secondary">{words.check}</Button>
        </form>
        <p>
          <a class="govuk-link" href={`${place.home}/ledger`}>
            {words.back}
          </a>
        </p>
      </div>
    </WorkPage>
  );
  return trusted === null ? { status: 422, page } : page;
};

/** The whole ledger as JSON Lines, signed now, written as it is read. */
export const downloadLedger = async ({ platform, viewer, now }: Work): Promise<WorkAnswer> => {
  mustRead("ledger.list", viewer.actor);
  const { database, funder, keys } = platform;
  const stream = new PassThrough({
    // Whoever stops reading stops the writing: a wait for the drain ends with the error.
    destroy(error, done) {
      done(error ?? (this.readableEnded ? null : new Error("the export is not read any more")));
    },
  });
  stream.on("error", () => {});
  void exportLedger(database, funder, keys.ledger, stream).then(
    () => stream.end(),
    (error: unknown) => {
      if (!stream.destroyed) console.error(error);
      // A broken connection, not a shorter ledger.
      stream.destroy(error instanceof Error ? error : new Error(String(error)));
    },
  );
  return {
    download: stream,
    filename: `zhinan-ledger-${civilDateOf(now)}.jsonl`,
    size: null,
    mime: "application/x-ndjson",
  };
};
