import { may } from "../../core/permission/permission.ts";
import { Missing } from "../../platform/errors.ts";
import { loadFold } from "../../platform/similarity/fold.ts";
import { applicationFacts } from "../application/facts.ts";
import { attachedTexts } from "../application/similar/attached.ts";
import { textsOf } from "../application/similar/document.ts";
import { compared, nearTo } from "../application/similar/find.ts";
import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { frameOf, idIn, mustHave, shown } from "./frame.ts";
import { frozenOf } from "./frozen.ts";
import { decideSimilar, similarOf } from "./similar.ts";
import { PairPage } from "./similar.page.tsx";

/** Throws `Missing` where either of the two is not the reader's to see. */
const pairPage = async (
  work: Work,
  over: { readonly typed?: { outcome: string; reason: string }; readonly trouble?: Trouble } = {},
): Promise<WorkAnswer> => {
  mustHave(work, "acceptance.list");
  const { platform, viewer } = work;
  const { actor } = viewer;
  const { kysely } = platform.database;
  const id = idIn(work);
  const otherId = idIn(work, "other");
  if (id === otherId) throw new Missing("other");
  const facts = await applicationFacts(platform, kysely, actor, id);
  const other = await applicationFacts(platform, kysely, actor, otherId);
  if (!may("similarity.read", actor, facts.subject).allowed) throw new Missing("application");
  const [mine, theirs] = [
    await frozenOf(kysely, platform.funder, facts),
    await frozenOf(kysely, platform.funder, other),
  ];
  // All that is shared, also below the threshold from which it is listed.
  const found = await compared(platform, id, mine.content, 0);
  const hits = found.hits.filter((one) => one.id === otherId);
  const theirAttached = (await attachedTexts(kysely, platform.funder, otherId)).read;
  const [[near], similar] = [await nearTo(platform, actor, hits), await similarOf(platform, actor, facts)];
  return shown(
    PairPage,
    {
      frame: frameOf(work, facts.call.policy),
      fold: await loadFold(),
      facts,
      other,
      titles: [mine.content.title, theirs.content.title] as const,
      mine: {
        texts: textsOf(mine.content, found.attached.read),
        worded: mine.worded,
        attached: found.attached.read,
      },
      theirs: {
        texts: textsOf(theirs.content, theirAttached),
        worded: theirs.worded,
        attached: theirAttached,
      },
      uncounted: found.uncounted,
      near: near ?? null,
      signal: similar.signals.find((one) => one.facts.id === otherId) ?? null,
      decisions: similar.decisions.filter((one) => one.application === otherId || one.other === otherId),
      mayDecide:
        ["ACCEPTANCE", "CORRECTION"].includes(facts.state) &&
        may("acceptance.decideSimilar", actor, facts.subject).allowed,
      typed: over.typed ?? { outcome: "", reason: "" },
      trouble: over.trouble ?? null,
      done: work.query["done"] !== undefined && over.trouble === undefined,
      once: crypto.randomUUID(),
    },
    over.trouble ?? null,
  );
};

const decide = async (work: Work): Promise<WorkAnswer> => {
  mustHave(work, "acceptance.list");
  const [application, other] = [idIn(work), idIn(work, "other")];
  const typed = { outcome: work.form.get("outcome") ?? "", reason: work.form.get("reason") ?? "" };
  const outcome = await attempt(work, decideSimilar, { application, other, ...typed });
  return "trouble" in outcome
    ? pairPage(work, { typed, trouble: outcome.trouble })
    : { to: `${work.place.home}/acceptance/${application}/similar/${other}?done=1` };
};

export const registerSimilarPairs = (desk: Desk): void => {
  desk.get("/acceptance/:id/similar/:other", (work) => pairPage(work));
  desk.post("/acceptance/:id/similar/:other", decide);
};
