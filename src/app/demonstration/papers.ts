import { Readable } from "node:stream";
import { Refused } from "../../platform/errors.ts";
import { applicationFacts } from "../../stages/application/facts.ts";
import { orderOf } from "../../stages/application/papers/orders.ts";
import { paperSource } from "../../stages/application/papers/source.ts";
import { batchFacts } from "../../stages/recommendation/batch.ts";
import { letterOrder, type PaperKind } from "../../stages/recommendation/papers/files.ts";
import { letterPaper } from "../../stages/recommendation/papers/source.ts";
import type { Stage } from "./stage.ts";

/** Papers as they come back: the ones the platform draws, taken for the scan. Null where this machine has no font to draw them with. */

export const stampedForm = async (
  { platform, actorOf }: Stage,
  application: string,
  login: string,
): Promise<string | null> =>
  unlessRefused(async () => {
    const actor = await actorOf(login);
    const facts = await applicationFacts(platform, platform.database.kysely, actor, application);
    const source = await paperSource(platform, actor, facts, facts.frozenVersion ?? "draft");
    const { sha256 } = await platform.documents.make(orderOf("application-form", source), "bulk");
    return read(platform, sha256);
  });

export const sealedPaper = async (
  { platform, actorOf }: Stage,
  batch: string,
  login: string,
  kind: PaperKind,
  now: number,
): Promise<string | null> =>
  unlessRefused(async () => {
    const facts = await batchFacts(platform, platform.database.kysely, await actorOf(login), batch);
    const order = letterOrder(facts, kind, await letterPaper(platform, facts), now);
    const { bytes } = await platform.documents.drawn(order, "bulk");
    const { sha256 } = await platform.files.put(Readable.from([Buffer.from(bytes)]), bytes.length);
    return read(platform, sha256);
  });

/** Read before the act, as the page does: an act waits for a reading only so long. */
const read = async ({ scans }: Stage["platform"], sha256: string): Promise<string> => {
  await scans.read(sha256, "application/pdf");
  return sha256;
};

const unlessRefused = async (draw: () => Promise<string>): Promise<string | null> => {
  try {
    return await draw();
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
};
