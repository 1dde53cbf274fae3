import type { ComponentChildren } from "preact";
import { charactersOf, cleanText } from "../../../core/application/clean.ts";
import { columnsOf, isSheet } from "../../../core/application/columns.ts";
import { type Fields, fieldsOf } from "../../../core/application/entry.ts";
import { formatDate } from "../../../core/calendar.ts";
import { sayFact } from "../../../core/policy/words.ts";
import { ClauseChip, clauseOf } from "../../../ui/clause.tsx";
import { Choices, SelectField, TextArea, TextField, Tick } from "../../../ui/field.tsx";
import { officialLang } from "../../../ui/official.tsx";
import { say } from "../../../ui/place.ts";
import { Answer, directionText } from "./answers.tsx";
import { BudgetTotals } from "./budget.tsx";
import { demandsAt } from "./demands.ts";
import type { FieldErrors } from "./errors.ts";
import { Sheet } from "./sheet.tsx";
import { degreeTerms, ethicsTerms, titleTerms } from "./terms.ts";
import { idOf, type Placed, type Question, waitingFor, type Writing } from "./writing.ts";

export type Asking = {
  readonly writing: Writing;
  readonly question: Question;
  readonly values: Fields;
  readonly errors: FieldErrors;
  readonly findings: readonly Placed[];
  readonly blanks: number;
};

/** Facts that the platform knows, with where they come from: nobody is asked twice. */
const Investigator = ({ writing }: Pick<Asking, "writing">) => {
  const { words, facts, person } = writing;
  const { place } = writing.frame;
  const term = (terms: Readonly<Record<string, { zh: string; en: string }>>, key: string) => {
    const one = terms[key];
    return one === undefined ? "" : say(place, one);
  };
  const titled = [term(titleTerms, person.titleLevel), term(degreeTerms, person.degree)].filter(
    (one) => one !== "",
  );
  const rows: readonly (readonly [string, string, string])[] = [
    [words.investigator, facts.investigator.name, words.fromProfile],
    [words.identity, person.mask, words.fromProfile],
    [words.titleDegree, titled.join(" · "), words.fromProfile],
    [words.unit, facts.organization.name, words.fromRegister],
    [words.uscc, facts.organization.uscc, words.fromRegister],
  ];
  return (
    <div class="zn-known">
      <dl>
        {rows.map(([label, value, source]) => (
          <div>
            <dt>{label}</dt>
            <dd>
              {value} <span class="zn-sub">{source}</span>
            </dd>
          </div>
        ))}
      </dl>
      <a class="govuk-link" href={`${place.home}/me`}>
        {words.toProfile}
      </a>
    </div>
  );
};

const Direction = ({ writing }: Pick<Asking, "writing">) => {
  const { words, facts, base } = writing;
  const chosen = directionText(writing, facts.content);
  return (
    <div class="zn-known">
      <p>{chosen === "" ? <span class="zn-sub">{words.noDirection}</span> : chosen}</p>
      <a class="govuk-link" href={`${base}/direction`}>
        {chosen === "" ? words.choose : words.change}
        <span class="govuk-visually-hidden">{words.direction}</span>
      </a>
    </div>
  );
};

const ceilingOf = ({ facts, frame }: Writing) =>
  frame.place.policy.programme.categories.find((one) => one.code === facts.content.category);

/** How many characters there are, beside how many may be. */
const Count = ({
  name,
  text,
  maximum,
  writing,
}: {
  name: string;
  text: string;
  maximum: number | undefined;
  writing: Writing;
}) => {
  const count = charactersOf(text);
  const over = maximum !== undefined && count > maximum;
  return (
    <p
      class={over ? "zn-chars is-over" : "zn-chars"}
      data-count-of={idOf(name)}
      data-maximum={maximum}
      data-said={writing.words.characters(0, maximum)}
    >
      {over ? writing.words.tooMany(count, maximum) : writing.words.characters(count, maximum)}
    </p>
  );
};

const Text = ({ writing, question, values, errors }: Asking) => {
  const { words } = writing;
  const { place } = writing.frame;
  const { path, maximum } = question;
  const value = values.get(path) ?? "";
  const common = {
    id: idOf(path),
    name: path,
    label: say(place, question.title),
    value,
    error: errors.get(path),
  };
  if (question.kind === "narrative")
    return (
      <>
        <TextArea {...common} rows={maximum !== undefined && maximum < 800 ? 5 : 10} />
        <Count name={path} text={value} maximum={maximum} writing={writing} />
      </>
    );
  if (path === "keywords" && maximum !== undefined) {
    const count = writing.facts.content.keywords.length;
    return (
      <>
        <TextField {...common} hint={words.keywordsHint(maximum)} />
        {count > maximum && <p class="zn-chars is-over">{words.keywordsMany(count, maximum)}</p>}
      </>
    );
  }
  if (path === "completionPercent")
    return <TextField {...common} hint={words.percentHint} suffix="%" width={4} inputMode="decimal" />;
  return (
    <>
      <TextField {...common} />
      {maximum !== undefined && <Count name={path} text={value} maximum={maximum} writing={writing} />}
    </>
  );
};

const PeriodEnd = ({ writing, question, values, errors }: Asking) => {
  const { words } = writing;
  const { place } = writing.frame;
  const period = ceilingOf(writing)?.period;
  const said = (date: string) => formatDate(date, place.language);
  return (
    <>
      {period !== undefined && (
        <dl class="zn-known zn-known--line">
          <div>
            <dt>{words.startDate}</dt>
            <dd>
              {said(period.start.date)} <span class="zn-sub">{words.fixedByGuide}</span>{" "}
              <ClauseChip place={place} id={period.start.clause} />
            </dd>
          </div>
        </dl>
      )}
      <TextField
        id={idOf(question.path)}
        name={question.path}
        label={`${say(place, question.title)}：${words.endDate}`}
        hint={
          period === undefined
            ? words.datePlain
            : words.dateHint(said(period.start.date), said(period.end.date))
        }
        value={values.get(question.path) ?? ""}
        error={errors.get(question.path)}
        width={20}
      />
    </>
  );
};

const Money = ({ writing, question, values, errors }: Asking) => {
  const { place } = writing.frame;
  const ceiling = ceilingOf(writing)?.ceiling.amount;
  return (
    <TextField
      id={idOf(question.path)}
      name={question.path}
      label={say(place, question.title)}
      hint={
        ceiling === undefined
          ? writing.words.moneyPlain
          : writing.words.moneyHint(sayFact({ kind: "money", fen: ceiling }, place.language))
      }
      value={values.get(question.path) ?? ""}
      error={errors.get(question.path)}
      suffix={writing.words.tenThousand}
      width={20}
    />
  );
};

const Host = ({ writing, question, values, errors }: Asking) => {
  const { words, host } = writing;
  const known = question.path === "platform" ? host.platforms : host.bases;
  const value = values.get(question.path) ?? "";
  const options = value === "" || known.includes(value) ? known : [value, ...known];
  return (
    <SelectField
      id={idOf(question.path)}
      name={question.path}
      label={say(writing.frame.place, question.title)}
      hint={options.length > 0 ? undefined : question.path === "platform" ? words.noPlatforms : words.noBases}
      value={value}
      error={errors.get(question.path)}
      options={[
        { value: "", text: options.length === 0 ? words.none : words.nothingChosen },
        ...options.map((one) => ({ value: one, text: one })),
      ]}
    />
  );
};

const Preferences = ({ writing, question, values }: Asking) => {
  const { words } = writing;
  const { place } = writing.frame;
  const chosen = values.getAll(question.path);
  return (
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend">{say(place, question.title)}</legend>
      <div class="govuk-hint">{words.preferencesHint}</div>
      <input type="hidden" name={`${question.path}.asked`} value="1" />
      {place.policy.procedure.preferences.map((claim) => (
        <div class="zn-claim">
          <div class="govuk-checkboxes">
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                type="checkbox"
                id={idOf(`${question.path}.tick.${claim.id}`)}
                name={question.path}
                value={claim.id}
                checked={chosen.includes(claim.id)}
              />
              <label
                class="govuk-label govuk-checkboxes__label"
                for={idOf(`${question.path}.tick.${claim.id}`)}
              >
                {say(place, claim.title)}
              </label>
            </div>
          </div>
          <TextArea
            id={idOf(`${question.path}.${claim.id}`)}
            name={`${question.path}.${claim.id}`}
            label={words.evidence(say(place, claim.title))}
            value={values.get(`${question.path}.${claim.id}`) ?? ""}
            rows={2}
          />
          <ClauseChip place={place} id={claim.clause} />
        </div>
      ))}
    </fieldset>
  );
};

/** The guide's own sentence, where a person declares by it. */
const Quoted = ({ writing, clause }: { writing: Writing; clause: string | undefined }) => {
  const { place } = writing.frame;
  const node = clause === undefined ? undefined : clauseOf(place.policy, clause)?.node;
  const text = node === undefined ? undefined : place.policy.nodes.get(node)?.text;
  return text === undefined || text === "" ? null : (
    <p class="zn-quote" lang={officialLang(place)}>
      {text}
    </p>
  );
};

const Declaration = ({ writing, question, values, errors }: Asking) => {
  const { words } = writing;
  const { path } = question;
  const label = say(writing.frame.place, question.title);
  const quote = <Quoted writing={writing} clause={question.clause} />;
  if (path === "commitments")
    return (
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend">{label}</legend>
        {quote}
        <input type="hidden" name={`${path}.asked`} value="1" />
        <Tick
          id={idOf(path)}
          name={path}
          label={words.commit}
          hint={words.commitHint}
          checked={values.get(path) === "1"}
        />
      </fieldset>
    );
  if (path === "declarations.ethics")
    return (
      <>
        <input type="hidden" name={`${path}.asked`} value="1" />
        <Choices
          id={idOf(path)}
          name={path}
          label={label}
          hint={words.ethicsHint}
          error={errors.get(path)}
          kind="checkbox"
          values={values.getAll(path)}
          options={Object.entries(ethicsTerms).map(([value, term]) => ({
            value,
            text: say(writing.frame.place, term),
          }))}
        />
      </>
    );
  const classified = path === "declarations.nonClassified";
  return (
    <Choices
      id={idOf(path)}
      name={path}
      label={label}
      hint={classified ? words.classifiedHint : undefined}
      error={errors.get(path)}
      kind="radio"
      values={values.getAll(path)}
      options={[
        { value: "yes", text: classified ? words.nonClassified : words.ipClear },
        { value: "no", text: classified ? words.classifiedNo : words.ipNo },
      ]}
    />
  );
};

const Demands = ({ writing, path }: { writing: Writing; path: string }) => {
  const { place } = writing.frame;
  const demands = demandsAt(place.policy, path, writing.facts.content.category);
  if (demands.length === 0) return null;
  return (
    <div class="zn-demands">
      <b>{writing.words.required}</b>
      <ul>
        {demands.map((rule) => (
          <li>
            {say(place, rule.words.summary)} <ClauseChip place={place} id={rule.clauses[0] ?? ""} short />
          </li>
        ))}
      </ul>
    </div>
  );
};

const SheetQuestion = ({ writing, question, values, errors, findings, blanks }: Asking) => {
  const { words, facts } = writing;
  if (!isSheet(question.path)) return null;
  const members = facts.content.members.length;
  const children: ComponentChildren =
    question.path === "members" && members > 0 ? (
      <span class="zn-sub">{words.people(members, members - waitingFor(writing).length)}</span>
    ) : null;
  return (
    <>
      {question.path === "indicators" && <Demands writing={writing} path={question.path} />}
      <Sheet
        writing={writing}
        sheet={question.path}
        values={values}
        blanks={blanks}
        errors={errors}
        findings={findings}
      >
        {children}
      </Sheet>
      {question.path === "budget.lines" && <BudgetTotals writing={writing} />}
    </>
  );
};

/** What was typed and can no longer be saved, to be copied elsewhere: nothing is thrown away. */
const Unsaved = ({ writing, question, values }: Asking) => {
  const { path } = question;
  const stored = new Map(fieldsOf(writing.facts.content, path, writing.units));
  const typed = isSheet(path)
    ? values
        .getAll(`${path}.row`)
        .map((key) => columnsOf[path].map(({ name }) => values.get(`${path}.${key}.${name}`) ?? ""))
        .filter((cells) => cells.some((cell) => cell !== ""))
        .map((cells) => cells.join("，"))
        .join("\n")
    : (values.get(path) ?? "");
  const before = isSheet(path) ? null : (stored.get(path) ?? "");
  if (writing.isWritten || typed === "" || cleanText(typed) === before) return null;
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={idOf(path)}>
        {writing.words.unsaved(say(writing.frame.place, question.title))}
      </label>
      <textarea class="govuk-textarea" id={idOf(path)} rows={5} readonly>
        {typed}
      </textarea>
    </div>
  );
};

/** Whether a question has anything to ask of this application. */
export const isAsked = (writing: Writing, { path }: Question): boolean => {
  const { facts, host } = writing;
  if (path === "preferences") return writing.frame.place.policy.procedure.preferences.length > 0;
  if (path !== "platform") return true;
  return (
    facts.content.platform !== null ||
    host.platforms.length > 0 ||
    writing.findings.some((one) => one.at?.path === path)
  );
};

/** The control of one question, by its kind and place. */
export const Control = (props: Asking) => {
  const { writing, question } = props;
  const { path } = question;
  if (path === "principalInvestigator") return <Investigator writing={writing} />;
  if (!writing.editable(path))
    return (
      <>
        {writing.isWritten && <p class="zn-sub">{writing.words.readOnly}</p>}
        <Unsaved {...props} />
        <Answer writing={writing} question={question} />
      </>
    );
  if (path === "direction") return <Direction writing={writing} />;
  if (isSheet(path)) return <SheetQuestion {...props} />;
  if (path === "periodEnd") return <PeriodEnd {...props} />;
  if (path === "requestedGrant") return <Money {...props} />;
  if (path === "platform" || path === "sciencePopularizationBase") return <Host {...props} />;
  if (path === "preferences") return <Preferences {...props} />;
  if (path === "commitments" || path.startsWith("declarations.")) return <Declaration {...props} />;
  return <Text {...props} />;
};
