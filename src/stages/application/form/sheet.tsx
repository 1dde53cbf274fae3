import type { ComponentChildren } from "preact";
import { type Column, columnsOf, type SheetName } from "../../../core/application/columns.ts";
import type { Fields } from "../../../core/application/entry.ts";
import { Icon } from "../../../ui/icon.tsx";
import { offlineWords } from "../offline/words.ts";
import { headOf, wordOf } from "./answers.tsx";
import { hasGuideIndicators } from "./demands.ts";
import type { FieldErrors } from "./errors.ts";
import { countryCodes, regionCodes } from "./regions.ts";
import { idOf, type Placed, type Writing } from "./writing.ts";

/** One column of a sheet on the page: what is said and, below it, what goes with it. */
type Stack = { readonly look: string; readonly columns: readonly string[]; readonly num?: true };

const stacks: Readonly<Record<SheetName, readonly Stack[]>> = {
  members: [
    { look: "name", columns: ["name", "role"] },
    { look: "identity", columns: ["identityNo", "identityType"] },
    { look: "unit", columns: ["organization", "side"] },
    { look: "title", columns: ["titleLevel", "degree"] },
    { look: "months", columns: ["monthsPerYear"], num: true },
    { look: "long", columns: ["tasks"] },
    { look: "consent", columns: ["consent"] },
  ],
  partners: [
    { look: "unit", columns: ["name", "uscc"] },
    { look: "kind", columns: ["type", "region"] },
    { look: "kind", columns: ["countryOrRegion"] },
    { look: "long", columns: ["tasks"] },
    { look: "amount", columns: ["share"], num: true },
  ],
  "budget.lines": [
    { look: "kind", columns: ["subject"] },
    { look: "kind", columns: ["source"] },
    { look: "amount", columns: ["amount"], num: true },
    { look: "long", columns: ["explanation"] },
  ],
  indicators: [
    { look: "kind", columns: ["type", "code"] },
    { look: "wide", columns: ["name"] },
    { look: "amount", columns: ["comparator", "target"] },
    { look: "months", columns: ["unit"] },
    { look: "long", columns: ["verification"] },
  ],
};

const longText = new Set(["tasks", "explanation", "verification"]);

const valuesFor = (writing: Writing, column: Column): readonly string[] => {
  if (column.kind !== "choice") return [];
  if (column.name === "region") return regionCodes(writing.frame.place.policy);
  if (column.name === "countryOrRegion") return countryCodes(writing.frame.place.policy);
  return column.values;
};

type CellProps = {
  writing: Writing;
  sheet: SheetName;
  column: Column;
  rowKey: string;
  number: number;
  value: string;
  error: string | undefined;
};

const Cell = ({ writing, sheet, column, rowKey, number, value, error }: CellProps) => {
  const name = `${sheet}.${rowKey}.${column.name}`;
  const id = idOf(name);
  const said = {
    id,
    name,
    "aria-label": `${writing.words.row(number)} ${headOf(writing, sheet, column.name)}`,
    ...(error === undefined ? {} : { "aria-invalid": true as const, "aria-describedby": `${id}-error` }),
  };
  if (column.kind === "choice") {
    const values = valuesFor(writing, column);
    const options = value === "" || values.includes(value) ? values : [value, ...values];
    return (
      <select {...said}>
        {column.empty === null && <option value="">{`—`}</option>}
        {options.map((one) => (
          <option value={one} selected={one === (value === "" ? column.empty : value)}>
            {wordOf(writing, sheet, column.name, one)}
          </option>
        ))}
      </select>
    );
  }
  if (longText.has(column.name))
    return (
      <textarea {...said} rows={2}>
        {value}
      </textarea>
    );
  const number_ = column.kind === "amount" || column.kind === "number";
  return (
    <input
      {...said}
      type="text"
      value={value}
      autocomplete="off"
      spellcheck={false}
      inputMode={number_ ? "decimal" : undefined}
      list={
        column.kind === "unit" || (sheet === "partners" && column.name === "name") ? "zn-units" : undefined
      }
    />
  );
};

const Consent = ({ writing, rowKey }: { writing: Writing; rowKey: string }) => {
  const { words, facts, agreed } = writing;
  const member = facts.content.members.find((one) => one.key === rowKey);
  if (member === undefined || member.side === "FOREIGN" || member.consent === "WRITTEN") return null;
  return member.identity !== null && agreed.has(member.identity.hash) ? (
    <span class="zn-sev zn-sev--ok zn-sev--quiet">
      <Icon place={writing.frame.place} name="ok" />
      {words.consentGiven}
    </span>
  ) : (
    <span class="zn-sub">{words.consentWaiting}</span>
  );
};

/** An entry sheet as a plain form: every button saves, blank rows stay on the page only. */
export const Sheet = ({
  writing,
  sheet,
  values,
  blanks,
  errors,
  findings,
  children,
}: {
  writing: Writing;
  sheet: SheetName;
  values: Fields;
  blanks: number;
  errors: FieldErrors;
  findings: readonly Placed[];
  children?: ComponentChildren;
}) => {
  const { words } = writing;
  const { place } = writing.frame;
  const showsCode = hasGuideIndicators(place.policy, writing.facts.content.category);
  const columns = new Map(columnsOf[sheet].map((one) => [one.name, one]));
  const shown = stacks[sheet].map(({ look: kind, columns: names, num }) => ({
    look: kind,
    num,
    columns: names.flatMap((name) => {
      const column = columns.get(name);
      return column === undefined || (name === "code" && !showsCode) ? [] : [column];
    }),
  }));
  const filled = values.getAll(`${sheet}.row`);
  const keys = [...filled, ...Array.from({ length: blanks }, () => crypto.randomUUID().slice(0, 8))];
  const valueOf = (key: string, column: string) => values.get(`${sheet}.${key}.${column}`) ?? "";
  const must = new Set(
    findings.flatMap(({ finding, at }) =>
      finding.severity === "error" && at?.field != null ? [at.field] : [],
    ),
  );
  const look = (key: string, names: readonly Column[]) =>
    names.some(({ name }) => errors.has(`${sheet}.${key}.${name}`) || must.has(`${sheet}.${key}.${name}`))
      ? " is-bad"
      : "";
  const title = words.sheets[sheet];
  const wrong = [...errors].filter(([name]) => name.startsWith(`${sheet}.`));
  return (
    <>
      <p class="intro">{words.sheetIntro[sheet]}</p>
      <input type="hidden" name={`${sheet}.asked`} value="1" />
      <div class="zn-scroll" tabIndex={0} role="region" aria-label={words.scroll(title)}>
        <table class={`zn-sheet zn-sheet--form zn-sheet--${sheet.split(".", 1)[0]}`}>
          <caption class="govuk-visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col" class="at">
                <span class="govuk-visually-hidden">{words.row(0).replace("0", "")}</span>
              </th>
              {shown.map((stack) => (
                <th scope="col" class={`c-${stack.look}`}>
                  {stack.columns.map(({ name }) => headOf(writing, sheet, name)).join(" / ")}
                </th>
              ))}
              <th scope="col" class="c-act">
                <span class="govuk-visually-hidden">{words.remove}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key, index) => {
              const isBlank = index >= filled.length;
              return (
                <tr class={isBlank ? "empty" : undefined} id={`r-${key}`}>
                  <th scope="row" class="at">
                    {index + 1}
                    <input type="hidden" name={`${sheet}.row`} value={key} />
                  </th>
                  {shown.map((stack) => (
                    <td class={`${stack.num ? "num" : ""}${look(key, stack.columns)}`}>
                      {stack.columns.map((column) => (
                        <Cell
                          writing={writing}
                          sheet={sheet}
                          column={column}
                          rowKey={key}
                          number={index + 1}
                          value={valueOf(key, column.name)}
                          error={errors.get(`${sheet}.${key}.${column.name}`)}
                        />
                      ))}
                      {stack.look === "consent" && !isBlank && (
                        <div class="zn-cellnote">
                          <Consent writing={writing} rowKey={key} />
                        </div>
                      )}
                    </td>
                  ))}
                  <td class="act">
                    {!isBlank && (
                      <button
                        class="zn-linklike"
                        name="act"
                        value={`remove:${sheet}:${key}`}
                        aria-label={words.removeRow(index + 1, valueOf(key, "name"))}
                      >
                        {words.remove}
                      </button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {wrong.length > 0 && (
        <ul class="govuk-list zn-sheeterrors">
          {wrong.map(([name, text]) => {
            const [key = "", column = ""] = name.slice(sheet.length + 1).split(".");
            return (
              <li id={`${idOf(name)}-error`} class="govuk-error-message">
                <a href={`#${idOf(name)}`} class="govuk-link">
                  {words.row(keys.indexOf(key) + 1)} {headOf(writing, sheet, column)}
                </a>{" "}
                {text}
              </li>
            );
          })}
        </ul>
      )}
      <div class="zn-tools" id={`add-${sheet.split(".", 1)[0]}`}>
        {[1, 5].map((count) => (
          <button
            class="govuk-button govuk-button--secondary zn-button--s"
            name="act"
            value={`add:${sheet}:${count}`}
          >
            {words.addRows(count)}
          </button>
        ))}
        {sheet === "budget.lines" && (
          <a class="govuk-link" href={`${writing.base}/offline/paste`}>
            {offlineWords(place).paste.link}
          </a>
        )}
        {children}
      </div>
    </>
  );
};

/** Names to choose from while typing a unit; once on a page. */
export const UnitList = ({ writing }: { writing: Writing }) => (
  <datalist id="zn-units">
    {writing.units.all.slice(0, 500).map((one) => (
      <option value={one.name} />
    ))}
  </datalist>
);
