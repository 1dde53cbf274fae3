import type { ComponentChildren } from "preact";
import type { Bilingual } from "../core/policy/words.ts";
import { type Role, roles } from "../core/role.ts";
import { DemoStrip } from "./header.tsx";
import { langOf, type Place, say, wordsOf } from "./place.ts";
import { Brand } from "./brand.tsx";

/** Who is signed in, as the frame of a page needs it. */
export type Frame = {
  readonly place: Place;
  readonly viewer: {
    readonly name: string;
    readonly organization: { readonly name: string } | null;
    readonly actor: { readonly grants: readonly { readonly role: Role }[] };
  };
  /** The session's form token: every form carries it as `csrf`. */
  readonly csrf: string;
};

type Entry = { readonly path: string; readonly title: Bilingual; readonly roles: readonly Role[] | "all" };

/** Work pages by role; the order is that of the procedure. */
export const workEntries: readonly Entry[] = [
  { path: "/work", title: { zh: "待办", en: "To do" }, roles: "all" },
  {
    path: "/applications",
    title: { zh: "申报", en: "Applications" },
    roles: [
      "PI",
      "MEMBER",
      "ORG_ADMIN",
      "PARTNER_ADMIN",
      "ORG_SEAL",
      "ORG_FINANCE",
      "ORG_SECRECY",
      "DIVISION_OFFICER",
      "PLANNING_OFFICER",
      "INTEGRITY_OFFICER",
      "APPEAL_OFFICER",
      "BUREAU_LEADER",
      "SUPERVISOR",
    ],
  },
  { path: "/consents", title: { zh: "参加确认", en: "Consents" }, roles: ["PI", "MEMBER"] },
  { path: "/partnerships", title: { zh: "合作确认", en: "Partnerships" }, roles: ["PARTNER_ADMIN"] },
  { path: "/institution", title: { zh: "单位审核", en: "Institution" }, roles: ["ORG_ADMIN"] },
  {
    path: "/institution/confirmations",
    title: { zh: "单位确认", en: "Confirmations" },
    roles: ["ORG_SEAL", "ORG_FINANCE", "ORG_SECRECY"],
  },
  { path: "/people", title: { zh: "单位人员", en: "People" }, roles: ["ORG_ADMIN"] },
  {
    path: "/department",
    title: { zh: "初审与推荐", en: "Review and recommend" },
    roles: ["DEPT_REVIEWER", "DEPT_APPROVER"],
  },
  {
    path: "/batches",
    title: { zh: "推荐函", en: "Letters" },
    roles: ["DEPT_REVIEWER", "DEPT_APPROVER", "ACCEPTANCE_OFFICER", "PLANNING_OFFICER", "SUPERVISOR"],
  },
  {
    path: "/off-platform",
    title: { zh: "线下推荐", en: "Off the platform" },
    roles: ["PLANNING_OFFICER"],
  },
  {
    path: "/acceptance",
    title: { zh: "受理", en: "Acceptance" },
    roles: ["ACCEPTANCE_OFFICER", "DIVISION_OFFICER"],
  },
  {
    path: "/exceptions",
    title: { zh: "例外", en: "Exceptions" },
    roles: ["DIVISION_OFFICER", "PLANNING_OFFICER", "BUREAU_LEADER"],
  },
  { path: "/appeals", title: { zh: "复审", en: "Appeals" }, roles: ["APPEAL_OFFICER"] },
  { path: "/calls", title: { zh: "申报批次", en: "Calls" }, roles: ["PLANNING_OFFICER"] },
  {
    path: "/organizations",
    title: { zh: "单位", en: "Organisations" },
    roles: ["PLANNING_OFFICER", "SYS_ADMIN", "DEPT_REVIEWER", "DEPT_APPROVER"],
  },
  {
    path: "/registers",
    title: { zh: "登记册", en: "Registers" },
    roles: ["PLANNING_OFFICER", "INTEGRITY_OFFICER", "ACCEPTANCE_OFFICER", "SUPERVISOR"],
  },
  {
    path: "/imports",
    title: { zh: "导入", en: "Import" },
    roles: ["ORG_ADMIN", "PLANNING_OFFICER", "SYS_ADMIN", "INTEGRITY_OFFICER"],
  },
  {
    path: "/accounts",
    title: { zh: "账户", en: "Accounts" },
    roles: ["SYS_ADMIN", "SEC_ADMIN", "AUDIT_ADMIN"],
  },
  { path: "/outbox", title: { zh: "发件箱", en: "Outbox" }, roles: ["SYS_ADMIN"] },
  { path: "/purges", title: { zh: "涉密清除", en: "Purges" }, roles: ["SEC_ADMIN"] },
  { path: "/ledger", title: { zh: "台账", en: "Ledger" }, roles: ["SUPERVISOR", "AUDIT_ADMIN"] },
];

export const entriesFor = (held: readonly Role[]): readonly Entry[] =>
  workEntries.filter((one) => one.roles === "all" || one.roles.some((role) => held.includes(role)));

export type WorkPageProps = {
  readonly frame: Frame;
  /** Without the brand; `error` puts 错误： before it. */
  readonly title: string;
  /** Path of the lit entry, where the page itself is none. */
  readonly here?: string;
  readonly error?: boolean;
  /** Up to 1680 px, for tables of officers; 1336 otherwise. */
  readonly full?: boolean;
  readonly children: ComponentChildren;
};

/** The document round a page of somebody signed in: 52 px of header, the person's own entries, what the clock says. */
export const WorkPage = ({ frame, title, here, error = false, full = false, children }: WorkPageProps) => {
  const { place, viewer, csrf } = frame;
  const words = wordsOf(place);
  const held = viewer.actor.grants.map((one) => one.role);
  const entries = entriesFor(held);
  const lit = entries.find((entry) => entry.path === place.path)?.path ?? here;
  const wrap = full ? "zn-wrap zn-wrap--full" : "zn-wrap zn-wrap--wide";
  const other = place.language === "zh" ? "en" : "zh";
  const titles = [...new Set(held)].slice(0, 3).map((role) => say(place, roles[role].title));
  return (
    <html
      lang={langOf(place.language)}
      class={place.large ? "govuk-template zn-large" : "govuk-template"}
      dir="ltr"
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#1a4a8f" />
        <title>{`${error ? words.work.errorTitle : ""}${title} · ${words.brand}`}</title>
        <link rel="stylesheet" href={place.assets.css} />
        <link rel="stylesheet" href={place.assets.workCss} />
        <link rel="icon" type="image/svg+xml" href={place.assets.favicon} />
        <script type="module" src={place.assets.script} />
      </head>
      <body class="govuk-template__body">
        <a class="govuk-skip-link" href="#main">
          {words.skip}
        </a>
        {place.demo && <DemoStrip place={place} wide />}
        <header class="zn-header zn-header--work">
          <div class={wrap}>
            <Brand place={place} />
            <nav class="govuk-service-navigation" aria-label={words.nav.label}>
              <ul class="govuk-service-navigation__list">
                {entries.map((entry) => (
                  <li
                    class={
                      entry.path === lit
                        ? "govuk-service-navigation__item govuk-service-navigation__item--active"
                        : "govuk-service-navigation__item"
                    }
                  >
                    <a
                      class="govuk-service-navigation__link"
                      href={place.home + entry.path}
                      aria-current={entry.path === lit ? "true" : undefined}
                    >
                      {say(place, entry.title)}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            <div class="zn-header__end">
              <a class="govuk-link govuk-link--plain" href={`${place.home}/me`}>
                {viewer.name}
              </a>
              <span class="zn-header__role">
                {[...titles, viewer.organization?.name ?? ""].filter((one) => one !== "").join(" · ")}
              </span>
              <a
                class="govuk-link govuk-link--plain"
                href={`${other === "en" ? "/en" : ""}${place.path}${place.search}`}
                hreflang={langOf(other)}
                lang={langOf(other)}
              >
                {words.otherLanguage}
              </a>
              <form method="post" action={`${place.home}/sign-out`}>
                <input type="hidden" name="csrf" value={csrf} />
                <button class="zn-linklike">{words.work.signOut}</button>
              </form>
            </div>
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          <div class={wrap}>{children}</div>
        </main>
      </body>
    </html>
  );
};
