import type { Form } from "../policy/pack.ts";
import { isSheet } from "./columns.ts";
import type { Content } from "./content.ts";

export type SectionStatus = "notStarted" | "inProgress" | "completed" | "cannotStart";
type Section = Form["sections"][number];

/** Questions that may stay empty: the rules say when they may not. */
const optional = new Set([
  "extensionReason",
  "titleEn",
  "platform",
  "completionPercent",
  "preferences",
  "members",
  "partners",
  "attachments",
]);

/** Known already, never asked. */
const known = new Set(["principalInvestigator"]);

const isAnswered = (content: Content, path: string, attachments: number): boolean => {
  if (Object.keys(content.unread).some((one) => one === path || one.startsWith(`${path}.`))) return true;
  if (isSheet(path)) return (path === "budget.lines" ? content.budget.lines : content[path]).length > 0;
  if (path.startsWith("sections.")) return (content.sections[path.slice(9)] ?? "") !== "";
  switch (path) {
    case "attachments":
      return attachments > 0;
    case "commitments":
      return content.declarations.commitment;
    case "declarations.ethics":
      return content.declarations.ethics.length > 0;
    case "declarations.nonClassified":
      return content.declarations.nonClassified !== null;
    case "declarations.intellectualPropertyClear":
      return content.declarations.intellectualPropertyClear !== null;
    case "keywords":
    case "preferences":
      return content[path].length > 0;
    default: {
      const value = (content as Readonly<Record<string, unknown>>)[path];
      return typeof value === "string" ? value !== "" : value !== null && value !== undefined;
    }
  }
};

/** How far a section is, and whether it may stay empty. What the rules say of it is no part of this. */
export const progressOf = (
  section: Section,
  content: Content,
  attachments: number,
): { readonly status: SectionStatus; readonly optional: boolean } => {
  const asked = section.questions.filter(({ path }) => !known.has(path));
  const needed = asked.filter(({ path }) => !optional.has(path));
  const answered = asked.filter(({ path }) => isAnswered(content, path, attachments));
  // Without a category nobody knows which questions there are.
  if (content.category === null && !section.questions.some(({ path }) => path === "direction"))
    return { status: "cannotStart", optional: needed.length === 0 };
  if (answered.length === 0) return { status: "notStarted", optional: needed.length === 0 };
  return {
    status: needed.every((one) => answered.includes(one)) ? "completed" : "inProgress",
    optional: needed.length === 0,
  };
};
