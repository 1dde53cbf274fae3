import { money, sayFact } from "../../core/policy/words.ts";
import { TextArea } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { deadlineText, momentText } from "../../ui/moment.tsx";
import { say } from "../../ui/place.ts";
import { StateTag } from "../../ui/state-tag.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { Trouble } from "../registration/desk.ts";
import type { Asked } from "./consent-list.ts";
import { applicationWords } from "./words.ts";

export type AskedPageProps = {
  readonly frame: Frame;
  readonly kind: "consents" | "partnerships";
  readonly asked: readonly Asked[];
  /** Why the last answer was not taken, and what was written with it. */
  readonly trouble: { readonly of: string; readonly why: Trouble; readonly remark: string } | null;
};

const idOf = ({ id, organization }: Asked): string =>
  organization === null ? id : `${id}-${organization.id}`;

/** What one is asked to agree to, one card each; every answer is one plain form with its own buttons. */
export const AskedPage = ({ frame, kind, asked, trouble }: AskedPageProps) => {
  const { place } = frame;
  const all = applicationWords[place.language];
  const words = all[kind];
  const common = all.consents;
  return (
    <WorkPage frame={frame} title={words.title} here="/applications" error={trouble !== null}>
      <TroubleSummary
        place={place}
        trouble={trouble?.why ?? null}
        hrefOf={() => `#remark-${trouble?.of ?? ""}`}
      />
      <div class="zn-pagehead">
        <div>
          <h1>{words.title}</h1>
          <p class="zn-sub">{words.lead}</p>
        </div>
      </div>
      {kind === "consents" && asked.length > 0 && (
        <section class="zn-commitment" aria-labelledby="commitment">
          <h2 class="zn-over__h" id="commitment">
            {common.commitmentTitle}
          </h2>
          <p>{common.commitment}</p>
        </section>
      )}
      {asked.length === 0 && (
        <div class="zn-empty">
          <p>{words.empty}</p>
        </div>
      )}
      {asked.map((one) => {
        const id = idOf(one);
        const said =
          one.agreed === null || one.saidAt === null
            ? common.waiting
            : (one.agreed ? words.agreed : words.declined)(momentText(place, one.saidAt));
        return (
          <section class="zn-panel zn-asked" id={one.id} aria-labelledby={`title-${id}`}>
            <div class="zn-panel__head">
              <h2 id={`title-${id}`}>
                <a class="govuk-link" href={`${place.home}/applications/${one.id}`}>
                  {one.title === "" ? all.list.untitled : one.title}
                </a>
              </h2>
              <StateTag place={place} state={one.state} />
              <span class="zn-sub">{one.label}</span>
            </div>
            <div class="zn-panel__body">
              <dl class="zn-item__meta">
                <div>
                  <dt>{common.investigator}</dt>
                  <dd>{one.investigator}</dd>
                </div>
                <div>
                  <dt>{common.institution}</dt>
                  <dd>{one.institution}</dd>
                </div>
                {one.organization !== null && (
                  <div>
                    <dt>{all.partnerships.unit}</dt>
                    <dd>{one.organization.name}</dd>
                  </div>
                )}
                <div>
                  <dt>{common.tasks}</dt>
                  <dd>{one.tasks === "" ? all.view.empty : one.tasks}</dd>
                </div>
                {one.measure !== null && (
                  <div>
                    <dt>{kind === "consents" ? common.months : all.partnerships.share}</dt>
                    <dd>
                      {kind === "consents"
                        ? common.monthsOf(one.measure)
                        : sayFact(money(one.measure), place.language)}
                    </dd>
                  </div>
                )}
              </dl>
              <p>
                <strong>{said}</strong>
                {one.remark === "" ? "" : ` · ${one.remark}`}
              </p>
              {one.open ? (
                <Form
                  action={`${place.home}/${kind}`}
                  csrf={frame.csrf}
                  hidden={{
                    key: crypto.randomUUID(),
                    application: one.id,
                    ...(one.organization === null ? {} : { organization: one.organization.id }),
                  }}
                >
                  <p class="zn-sub">
                    {common.by} <strong class="zn-duetext">{deadlineText(place, one.closesAt)}</strong>
                  </p>
                  <TextArea
                    id={`remark-${id}`}
                    name="remark"
                    label={words.remark}
                    hint={words.remarkHint}
                    rows={2}
                    value={trouble?.of === id ? trouble.remark : one.remark}
                    error={trouble?.of === id ? say(place, trouble.why.reason) : undefined}
                  />
                  <div class="govuk-button-group">
                    {one.agreed !== true && (
                      <button class="govuk-button" name="agreed" value="1">
                        {words.agree}
                      </button>
                    )}
                    {one.agreed !== false && (
                      <button class="govuk-button govuk-button--secondary" name="agreed" value="0">
                        {one.agreed === true && kind === "consents" ? common.withdraw : words.decline}
                      </button>
                    )}
                  </div>
                </Form>
              ) : (
                <p class="zn-sub">{words.closed}</p>
              )}
            </div>
          </section>
        );
      })}
    </WorkPage>
  );
};
