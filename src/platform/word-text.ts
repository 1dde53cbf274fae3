import { type Apart, Ended, Failed, openApart } from "./apart.ts";

/** Word documents that people send, read by a process of its own: paragraphs in their order, and what was left out. */

export type WordParagraph = {
  /** As the reader sees it once every revision is accepted; line breaks as `\n`. */
  readonly text: string;
  /** The number that Word writes before it, or empty. */
  readonly label: string;
  /** Name of its style in lower case: `heading 2`. */
  readonly style: string;
  /** Depth of a heading from 1, or null for running text. */
  readonly level: number | null;
  readonly bookmarks: readonly string[];
};
export type LeftOut = "table" | "picture" | "formula" | "textBox" | "footnote" | "comment" | "object";
export type Revision = { readonly kind: "insertion" | "deletion" | "move"; readonly text: string };

/** `at`: index of the paragraph that it stands in or follows; -1 before the first. */
export type WordText = {
  readonly paragraphs: readonly WordParagraph[];
  /** The document's own properties, by name. */
  readonly properties: Readonly<Record<string, string>>;
  readonly left: readonly { readonly kind: LeftOut; readonly at: number }[];
  readonly revisions: readonly (Revision & { readonly at: number })[];
};

/** `unreadable`: damaged, or unpacks to more than any document of words does. `slow`: ended by time or memory. */
export type WordRead = { readonly text: WordText } | { readonly fault: "unreadable" | "slow" };

export type WordTexts = {
  /** Throws `Busy`. The bytes have been looked at before: they are a docx by content. */
  readonly read: (bytes: Buffer) => Promise<WordRead>;
  readonly close: () => Promise<void>;
};

export const openWordTexts = (): WordTexts => {
  const apart: Apart<{ readonly bytes: Buffer }, WordText> = openApart(
    new URL("./word-text/word-process.ts", import.meta.url),
    { processes: 1, recycleAfter: 50, timeout: 10_000, memory: 400 * 1_048_576, waiting: 20 },
  );
  return {
    read: async (bytes) => {
      try {
        return { text: await apart.ask({ bytes }) };
      } catch (error) {
        if (error instanceof Ended) return { fault: "slow" };
        if (error instanceof Failed) return { fault: "unreadable" };
        throw error;
      }
    },
    close: apart.close,
  };
};
