import type { Bilingual } from "../../core/policy/words.ts";
import type { Section } from "../../core/similarity/text.ts";
import { readPdf } from "../guide-files/pdf-file.ts";
import { readPlain } from "../guide-files/plain-text.ts";
import { UnreadableGuide } from "../guide-files/unreadable.ts";
import { readWord } from "../guide-files/word-file.ts";

export type AttachmentText = { readonly section: Section } | { readonly unreadable: Bilingual };

const noText: Bilingual = {
  zh: "文件里没有文字。",
  en: "The file holds no text.",
};

/** The text of an attachment as a section of its application: PDF, Word or plain text, told apart by content. Images only, a password and damage are reported, never passed over. */
export const attachmentText = async (name: string, bytes: Buffer): Promise<AttachmentText> => {
  const head = bytes.toString("latin1", 0, 1024);
  try {
    const text = head.startsWith("PK\u0003\u0004")
      ? readWord(bytes)
      : head.includes("%PDF-")
        ? await readPdf(bytes)
        : readPlain(bytes);
    return text.trim() === "" ? { unreadable: noText } : { section: { name, text } };
  } catch (error) {
    if (error instanceof UnreadableGuide) return { unreadable: error.reason };
    throw error;
  }
};
