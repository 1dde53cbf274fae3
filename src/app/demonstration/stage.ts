import { createHash, createHmac } from "node:crypto";
import { Readable } from "node:stream";
import { sql } from "kysely";
import { type Actor, nobody } from "../../core/permission/permission.ts";
import { type Action, perform } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import type { Keys } from "../../platform/keys.ts";
import type { Platform } from "../../platform/platform.ts";
import { viewerOf } from "../../stages/registration/actor.ts";
import { actions } from "../actions.ts";
import type { CallKey, DemonstrationData, InstitutionData, PersonData } from "./data.ts";

/** Where the demonstration is played: who is who by the names that the data uses, and how somebody acts. */

export type Player = PersonData & {
  readonly account: string;
  readonly identityNo: string;
  /** Key of the unit in the data, and its name. */
  readonly unit: string;
  readonly unitName: string;
};
export type Unit = InstitutionData & { readonly id: string };

export type Stage = {
  readonly platform: Platform;
  readonly data: DemonstrationData;
  readonly signal: AbortSignal | undefined;
  readonly calls: Map<CallKey, string>;
  readonly players: Map<string, Player>;
  readonly units: Map<string, Unit>;
  readonly departments: Map<string, string>;
  /** Ids by the story's. */
  readonly applications: Map<string, string>;
  /** Performs an action by its name as somebody, or as nobody (null). */
  readonly act: (name: string, login: string | null, input: unknown) => Promise<Answer>;
  /** The actor of a login; roles must have been given before. */
  readonly actorOf: (login: string) => Promise<Actor>;
  /** A small PDF of its own, in the store. */
  readonly paper: (about: string) => Promise<{ sha256: string; size: number; mime: string }>;
};
/** What the player reads of results: ids. */
type Answer = Readonly<Record<string, string | undefined>> & { readonly version?: number };

const byName: ReadonlyMap<string, Action> = new Map(actions.map((one) => [one.name, one]));

export const openStage = (platform: Platform, data: DemonstrationData, signal?: AbortSignal): Stage => {
  const { database, funder, files } = platform;
  const players = new Map<string, Player>();
  const actors = new Map<string, Promise<Actor>>();
  const actorOf = (login: string) => {
    const known = actors.get(login);
    if (known !== undefined) return known;
    const account = players.get(login)?.account;
    if (account === undefined) throw new RangeError(`nobody is called ${login}`);
    const found = viewerOf(database.kysely, funder, account).then((viewer) => {
      if (viewer === null) throw new RangeError(`${login} is not active`);
      return viewer.actor;
    });
    actors.set(login, found);
    return found;
  };
  return {
    platform,
    data,
    signal,
    players,
    calls: new Map(),
    units: new Map(),
    departments: new Map(),
    applications: new Map(),
    actorOf,
    act: async (name, login, input) => {
      signal?.throwIfAborted();
      const action = byName.get(name);
      if (action === undefined) throw new RangeError(`there is no action ${name}`);
      const actor = login === null ? nobody : await actorOf(login);
      return (await perform(platform, action, actor, input)) as Answer;
    },
    paper: (about) => files.put(Readable.from([pdfOf(about)]), 100_000),
  };
};

/** The account's first password: fixed by the installation's own key, so that it is nobody's elsewhere. Three kinds of signs. */
export const passwordOf = ({ session }: Pick<Keys, "session">, login: string): string => {
  const digest = createHmac("sha256", session).update(`demonstration ${login}`).digest();
  const letters = "abcdefghjkmnpqrstuvwxyz";
  const digits = "23456789";
  const signs = [...digest.subarray(0, 12)].map((byte, index) => {
    const alphabet = index % 4 === 3 ? digits : letters;
    return alphabet[byte % alphabet.length] ?? "";
  });
  return [0, 4, 8].map((from) => signs.slice(from, from + 4).join("")).join("-");
};

/** Sets the clock of a demonstration; afterwards only forward. */
export const setClock = async (
  { database }: Platform,
  instant: number,
  { back = false } = {},
): Promise<void> => {
  const wanted = sql`${instantText(instant)}::timestamptz - clock_timestamp()`;
  await sql`update platform_clock set clock_offset = ${back ? wanted : sql`greatest(clock_offset, ${wanted})`}
    where demonstration`.execute(database.kysely);
};

/** One page that says that it is no document of anybody. */
const pdfOf = (about: string): Buffer => {
  const mark = createHash("sha256").update(about).digest("hex").slice(0, 16);
  const stream = `BT /F1 18 Tf 72 720 Td (Demonstration document, not a real one.) Tj 0 -28 Td (No. ${mark}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  return Buffer.from(
    `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
  );
};
