import { buffer } from "node:stream/consumers";
import type { Bilingual } from "../core/policy/words.ts";
import { Ended, openApart } from "./apart.ts";
import type { FileStore } from "./files.ts";
import type { AttachmentText } from "./similarity/attachment.ts";

/** The text of an uploaded file, or why it has none. `text`: at most `mostCharacters` UTF-16 units. */
export type FileText = { readonly text: string } | { readonly unreadable: Bilingual };

export type Texts = {
  /** Reads a stored file in a process of its own. Throws `Busy` where too many wait. */
  readonly read: (sha256: string) => Promise<FileText>;
  readonly close: () => Promise<void>;
};

/** A long application has 20,000 characters; what comes after ten times as many is not compared. */
const mostCharacters = 200_000;

export const openTexts = (files: FileStore): Texts => {
  const apart = openApart<Uint8Array, AttachmentText>(
    new URL("similarity/attachment-process.ts", import.meta.url),
    { processes: 1, recycleAfter: 50, timeout: 60_000, memory: 700 * 1_048_576, waiting: 1_000 },
  );
  return {
    read: async (sha256) => {
      try {
        const answer = await apart.ask(await buffer(files.read(sha256)), "bulk");
        return "unreadable" in answer ? answer : { text: answer.section.text.slice(0, mostCharacters) };
      } catch (error) {
        if (!(error instanceof Ended) || error.by === "death") throw error;
        return {
          unreadable: {
            zh: "文件太大或太复杂，没有读完。请另存为较小的 PDF 或 Word 文件。",
            en: "The file is too large or too intricate and was not read to its end. Save it as a smaller PDF or Word file.",
          },
        };
      }
    },
    close: apart.close,
  };
};
