import { type InputFault, Invalid } from "../../platform/errors.ts";
import { openSimilarity, type SimilarityIndex } from "../../platform/similarity.ts";
import { type Command, jsonOption } from "./command.ts";
import { lines, megabyte, write } from "./input.ts";
import { allDocuments, indexOption, withIndex } from "./similar-lines.ts";

const change = async (
  folder: string,
  json: boolean,
  run: (index: SimilarityIndex) => Record<string, number>,
): Promise<number> =>
  withIndex(folder, async () => {
    const index = await openSimilarity(folder, { write: true });
    try {
      const counts = run(index);
      index.save();
      const answer = { ...counts, documents: index.documents() };
      await write(
        json
          ? `${JSON.stringify(answer)}\n`
          : `${Object.entries(answer)
              .map(([name, count]) => `${name} ${count}`)
              .join("  ")}\n`,
      );
      return 0;
    } finally {
      index.close();
    }
  });

export const similarAdd: Command = {
  name: ["similar", "add"],
  positional: [{ name: "FILE|-", required: false }],
  options: [
    indexOption,
    { name: "corpus", value: "FILE.jsonl", help: "同 FILE / the same as FILE" },
    jsonOption,
  ],
  summary: "加入或更换文档 / add documents to the index or change them",
  help: `每行一份文档，编号已在索引里的换成新的。写完才生效；有一行不合格就什么也不改。
One document a line; one whose id is there is changed. It counts when all is written; one malformed line and nothing is changed.`,
  run: async ({ positional, values, switches }) => {
    const documents = await allDocuments(positional[0] ?? values.get("corpus") ?? "-");
    return change(values.get("index") ?? "", switches.has("json"), (index) => {
      const before = index.documents();
      for (const document of documents) index.put(document);
      const added = index.documents() - before;
      return { added, changed: documents.length - added };
    });
  },
};

/** Ids, one a line: plain or as a JSON document with an `id`. */
const idsOf = async (file: string): Promise<readonly string[]> => {
  const ids: string[] = [];
  const faults: InputFault[] = [];
  for await (const line of lines(file, 64 * megabyte)) {
    const place = `line ${line.number}`;
    if (!("text" in line))
      faults.push({ place, reason: { zh: "无法读取此行", en: "the line cannot be read" } });
    else if (line.text.trim() !== "") ids.push(idIn(line.text.trim(), place, faults));
  }
  if (faults.length > 0) throw new Invalid(faults);
  return ids;
};

const idIn = (text: string, place: string, faults: InputFault[]): string => {
  if (!text.startsWith("{")) return text;
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    if (typeof id === "string" && id !== "") return id;
  } catch {
    // Told below: it begins like JSON and is none.
  }
  faults.push({
    place,
    reason: { zh: "应为编号，或带 id 的 JSON", en: "must be an id, or JSON with an id" },
  });
  return "";
};

export const similarRemove: Command = {
  name: ["similar", "remove"],
  positional: [{ name: "ID", required: false }],
  options: [
    indexOption,
    {
      name: "ids",
      value: "FILE|-",
      help: "每行一个编号 / one id a line; standard input unless an ID is given",
    },
    jsonOption,
  ],
  summary: "从索引中移除文档 / remove documents from the index",
  help: `移除一个编号，或文件里每行一个。不在索引里的编号只计数（absent）。
Removes one id, or those of a file. Ids that are not there are counted (absent) and nothing more.`,
  run: async ({ positional, values, switches }) => {
    const [one] = positional;
    const ids = one === undefined ? await idsOf(values.get("ids") ?? "-") : [one];
    return change(values.get("index") ?? "", switches.has("json"), (index) => {
      const removed = ids.filter((id) => index.remove(id)).length;
      return { removed, absent: ids.length - removed };
    });
  },
};
