import type { Content } from "../../../core/application/content.ts";
import type { Document } from "../../../core/similarity/document.ts";

/** What an attachment says. `section`: its name among the texts of the application; `title`: as its owner called the file. */
export type Attached = { readonly section: string; readonly title: string; readonly text: string };

/** The texts of an application that are compared, by the name of their section: title, abstract, narrative answers, attachments. No names of people. */
export const textsOf = (content: Content, attached: readonly Attached[] = []): ReadonlyMap<string, string> =>
  new Map(
    [
      ["title", content.title] as const,
      ["abstract", content.abstract] as const,
      ...Object.entries(content.sections).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ...attached.map(({ section, text }) => [section, text] as const),
    ].filter(([, text]) => text.trim() !== ""),
  );

/** Every version of an application is one document: the latest stands in the place of the former. */
export const documentOf = (
  application: string,
  content: Content,
  attached: readonly Attached[],
): Document => ({
  id: application,
  group: application,
  title: content.title,
  sections: [...textsOf(content, attached)].map(([name, text]) => ({ name, text })),
});
