import type { Content } from "../../../core/application/content.ts";
import type { Document } from "../../../core/similarity/document.ts";

/** The texts of an application that are compared, by the name of their section: title, abstract, narrative answers. No names of people. */
export const textsOf = (content: Content): ReadonlyMap<string, string> =>
  new Map(
    [
      ["title", content.title] as const,
      ["abstract", content.abstract] as const,
      ...Object.entries(content.sections).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ].filter(([, text]) => text.trim() !== ""),
  );

/** Every version of an application is one document: the latest stands in the place of the former. */
export const documentOf = (application: string, content: Content): Document => ({
  id: application,
  group: application,
  title: content.title,
  sections: [...textsOf(content)].map(([name, text]) => ({ name, text })),
});
