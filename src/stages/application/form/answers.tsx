import { columnsOf, isSheet, type SheetName } from "../../../core/application/columns.ts";
import type { Content } from "../../../core/application/content.ts";
import { fieldsOf } from "../../../core/application/entry.ts";
import { charactersOf } from "../../../core/application/clean.ts";
import { formatDate } from "../../../core/calendar.ts";
import { leaves } from "../../../core/policy/programme.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import { say } from "../../../ui/place.ts";
import { countryName, regionName } from "./regions.ts";
import {
  attachmentTerms,
  comparatorTerms,
  consentTerms,
  degreeTerms,
  ethicsTerms,
  identityTypeTerms,
  indicatorCodeTerms,
  indicatorTypeTerms,
  organizationTypeTerms,
  roleTerms,
  sideTerms,
  sourceTerms,
  subjectTerms,
  titleTerms,
} from "./terms.ts";
import type { Question, Writing } from "./writing.ts";

type Terms = Readonly<Record<string, Bilingual>>;

const terms: Readonly<Record<string, Terms>> = {
  "members.identityType": identityTypeTerms,
  "members.side": sideTerms,
  "members.role": roleTerms,
  "members.titleLevel": titleTerms,
  "members.degree": degreeTerms,
  "members.consent": consentTerms,
  "partners.type": organizationTypeTerms,
  "budget.lines.subject": subjectTerms,
  "budget.lines.source": sourceTerms,
  "indicators.type": indicatorTypeTerms,
  "indicators.code": indicatorCodeTerms,
  "indicators.comparator": comparatorTerms,
};
export const termsOf = (sheet: SheetName, column: string): Terms => terms[`${sheet}.${column}`] ?? {};

/** Head of a column, where sheets share its name. */
export const headOf = ({ words }: Pick<Writing, "words">, sheet: SheetName, column: string): string => {
  const { columns } = words;
  if (column === "name" && sheet === "partners") return columns.partnerName;
  if (column === "name" && sheet === "indicators") return columns.indicatorName;
  if (column === "type" && sheet === "indicators") return columns.indicatorType;
  return columns[column as keyof typeof columns];
};

/** A value of a list as it is said. */
export const wordOf = (writing: Writing, sheet: SheetName, column: string, value: string): string => {
  const { place } = writing.frame;
  if (value === "") return "";
  if (sheet === "partners" && column === "region") return say(place, regionName(place.policy, value));
  if (sheet === "partners" && column === "countryOrRegion")
    return countryName(value, place.language, writing.words.abroad);
  const term = termsOf(sheet, column)[value];
  return term === undefined ? value : say(place, term);
};

/** A sheet to be read: only the columns that say something. */
const SheetAnswer = ({
  writing,
  sheet,
  content,
}: {
  writing: Writing;
  sheet: SheetName;
  content: Content;
}) => {
  const fields = new URLSearchParams();
  for (const [name, value] of fieldsOf(content, sheet, writing.units)) fields.append(name, value);
  const keys = fields.getAll(`${sheet}.row`);
  const cell = (key: string, column: string) =>
    wordOf(writing, sheet, column, fields.get(`${sheet}.${key}.${column}`) ?? "");
  const columns = columnsOf[sheet].filter(({ name }) => keys.some((key) => cell(key, name) !== ""));
  if (keys.length === 0) return <span class="zn-sub">{writing.words.check.empty}</span>;
  return (
    <div
      class="zn-scroll"
      tabIndex={0}
      role="region"
      aria-label={writing.words.scroll(writing.words.sheets[sheet])}
    >
      <table class="zn-dense zn-readsheet">
        <thead>
          <tr>
            {columns.map(({ name, kind }) => (
              <th scope="col" class={kind === "amount" || kind === "number" ? "num" : undefined}>
                {headOf(writing, sheet, name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr>
              {columns.map(({ name, kind }) => (
                <td class={kind === "amount" || kind === "number" ? "num" : undefined}>{cell(key, name)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

export const directionText = (writing: Writing, content: Content): string => {
  const { place } = writing.frame;
  const category = place.policy.programme.categories.find((one) => one.code === content.category);
  const field = category?.fields.find((one) => one.code === content.field);
  const leaf = field && leaves(field).find((one) => one.code === content.direction);
  return [category, field, leaf === field ? undefined : leaf]
    .flatMap((one) => (one === undefined ? [] : [say(place, one.title)]))
    .join(" › ");
};

/** A short answer as text; empty where nothing is there. */
const textOf = (writing: Writing, path: string, content: Content): string => {
  const { words, attachments } = writing;
  const { place } = writing.frame;
  const yesOrNo = (value: boolean | null, yes: string, no: string) =>
    value === null ? "" : value ? yes : no;
  switch (path) {
    case "direction":
      return directionText(writing, content);
    case "periodEnd":
      return (
        content.unread[path] ??
        (content.periodEnd === null ? "" : formatDate(content.periodEnd, place.language))
      );
    case "requestedGrant":
      return fieldsOf(content, path, writing.units)
        .map(([, value]) =>
          value === "" || content.unread[path] !== undefined ? value : `${value} ${words.tenThousand}`,
        )
        .join("");
    case "declarations.nonClassified":
      return yesOrNo(content.declarations.nonClassified, words.nonClassified, words.classifiedNo);
    case "declarations.intellectualPropertyClear":
      return yesOrNo(content.declarations.intellectualPropertyClear, words.ipClear, words.ipNo);
    case "declarations.ethics":
      return content.declarations.ethics.map((one) => say(place, ethicsTerms[one])).join("、");
    case "commitments":
      return content.declarations.commitment ? words.commit : "";
    case "preferences":
      return content.preferences
        .map(({ claim, evidence }) => {
          const title = place.policy.procedure.preferences.find((one) => one.id === claim)?.title;
          return `${title === undefined ? claim : say(place, title)}${evidence === "" ? "" : `：${evidence}`}`;
        })
        .join("\n");
    case "attachments":
      return attachments
        .map((one) => {
          const type = (attachmentTerms as Terms)[one.type];
          return `${type === undefined ? one.type : say(place, type)}：${one.filename}`;
        })
        .join("\n");
    case "principalInvestigator":
      return `${writing.facts.investigator.name}，${writing.facts.organization.name}`;
    default:
      return fieldsOf(content, path, writing.units)
        .map(([, value]) => value)
        .join("、");
  }
};

/** What was answered to a question, to be read. */
export const Answer = ({
  writing,
  question,
  content = writing.facts.content,
}: {
  writing: Writing;
  question: Pick<Question, "path" | "kind" | "maximum">;
  content?: Content;
}) => {
  if (isSheet(question.path))
    return <SheetAnswer writing={writing} sheet={question.path} content={content} />;
  const text = textOf(writing, question.path, content);
  if (text === "") return <span class="zn-sub">{writing.words.check.empty}</span>;
  return (
    <>
      <div class="zn-pre">{text}</div>
      {question.kind === "narrative" && (
        <span class="zn-sub">{writing.words.characters(charactersOf(text), question.maximum)}</span>
      )}
    </>
  );
};
