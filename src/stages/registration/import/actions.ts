import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import type { Bilingual } from "../../../core/policy/words.ts";
import { define } from "../../../platform/action.ts";
import { instantText } from "../../../platform/database/values.ts";
import { Missing, refused, Taken } from "../../../platform/errors.ts";
import { keptImport, planOf, seal } from "./store.ts";
import { inChunks } from "./kind.ts";

/** Doing what a look at a workbook has shown: all of it in one transaction, or nothing. */

const input = z.strictObject({
  import: z.uuid(),
  /** What the look showed, as the page says it. */
  seen: z.string().max(64),
});

const importAction = (name: string, title: Bilingual) =>
  define({
    name: `registration.${name}`,
    title,
    input,
    load: async ({ platform, tx, funder, actor, input: { import: id } }) => {
      // One import at a time: two workbooks with the same rows do not pass each other.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${funder} import`}, 0))`.execute(tx);
      return keptImport(platform, tx, actor, id, true);
    },
    subject: ({ organization }) => ({ organization }),
    effect: async ({ platform, tx, funder, actor, input: { seen }, facts: kept, now }) => {
      if (kept.kind.action !== `registration.${name}`) throw new Missing("import");
      if (kept.doneAt !== null) throw new Taken(doneBefore);
      const plan = await planOf(platform, tx, actor, kept, true);
      if (plan === null)
        throw refused(
          "这份工作簿已经过了 24 小时，或者已经放弃，内容不再保存。请重新上传。",
          "This workbook is more than a day old or was thrown away, and is no longer kept. Upload it again.",
        );
      if (plan.faults.length > 0)
        throw refused(
          `还有 ${plan.faults.length} 处要改，一行都没有导入。请按下面的提示改好工作簿，重新上传。`,
          `${plan.faults.length} cells need correction and nothing was imported. Correct the workbook and upload it again.`,
        );
      const { ADD: added, CHANGE: changed, SAME: unchanged } = plan.counts;
      if (added + changed === 0)
        throw refused(
          "工作簿里的内容与平台上的完全一样，没有要导入的。",
          "Everything in the workbook is here already; there is nothing to import.",
        );
      if (plan.seen !== seen) throw new Taken(changedSince);
      const { organization } = kept;
      const { objects, handed = [] } = await plan.apply({ platform, tx, actor, organization, now });
      const rows = plan.rows.flatMap(({ act, number }) => {
        const object = objects.get(number);
        if (act === "SAME" || object === undefined) return [];
        return [{ funder, import: kept.id, row: number, act, object } as const];
      });
      await inChunks(rows, (chunk) => tx.insertInto("workbook_import_row").values(chunk).execute());
      await tx
        .updateTable("workbook_import")
        .set({
          added,
          changed,
          unchanged,
          done_at: instantText(now),
          done_by: actor.account,
          reading_sealed: null,
          handed_sealed:
            handed.length === 0
              ? null
              : await seal(platform, `workbook_import.handed_sealed:${kept.id}`, handed),
        })
        .where("funder", "=", funder)
        .where("id", "=", kept.id)
        .execute();
      const list = createHash("sha256")
        .update(JSON.stringify(rows.map(({ row, act, object }) => [row, act, object])))
        .digest("hex");
      return {
        result: { import: kept.id, added, changed, unchanged },
        entry: {
          kind: "import",
          id: kept.id,
          body: {
            kind: kept.kind.code,
            organization,
            file: kept.file,
            added,
            changed,
            unchanged,
            rows: list,
          },
        },
      };
    },
    taken: () => new Taken(changedSince),
  });

const doneBefore: Bilingual = {
  zh: "这份工作簿已经导入过，没有再导入一次。",
  en: "This workbook has been imported already and was not imported again.",
};
const changedSince: Bilingual = {
  zh: "在你查看之后，平台上登记的内容有了变化，一行都没有导入。请看下面新的结果，再决定是否导入。",
  en: "What is registered here changed after you looked, and nothing was imported. See the new result below, then decide.",
};

export const importPeople = importAction("importPeople", { zh: "导入单位人员", en: "Import people" });
export const importOrganizations = importAction("importOrganizations", {
  zh: "导入单位",
  en: "Import institutions",
});
export const importPlaces = importAction("importPlaces", {
  zh: "导入平台、基地与许可证",
  en: "Import platforms, bases and licences",
});
export const importProjects = importAction("importProjects", {
  zh: "导入在研项目",
  en: "Import running projects",
});
export const importIntegrityRecords = importAction("importIntegrityRecords", {
  zh: "导入诚信记录",
  en: "Import integrity records",
});

export const importActions = [
  importPeople,
  importOrganizations,
  importPlaces,
  importProjects,
  importIntegrityRecords,
] as const;
