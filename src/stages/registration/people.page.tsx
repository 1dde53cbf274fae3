import { roles } from "../../core/role.ts";
import { may } from "../../core/permission/permission.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { Form } from "../../ui/form.tsx";
import { say } from "../../ui/place.ts";
import { TableHead } from "../../ui/table.tsx";
import { WorkPage } from "../../ui/work-page.tsx";
import { ofOwnUnits } from "./accounts.export.ts";
import type { Work, WorkAnswer } from "./desk.ts";
import { activatePerson, refusePerson } from "./people.ts";
import { Button, Done, fieldsOf, Fold, frameOf, type Tried, WhyNot } from "./pieces.tsx";
import { posting, textsOf, versionOf } from "./posting.ts";
import { type AccountRow, listAccounts } from "./queries.ts";
import { accountStandingTitles, degreeTitles, titleLevelTitles } from "./titles.ts";
import { wordsFor } from "./words.ts";

const titled = <Code extends string>(
  titles: Readonly<Record<Code, { readonly zh: string; readonly en: string }>>,
  code: string,
) => titles[code as Code];

const Decide = ({ work, one, tried }: { work: Work; one: AccountRow; tried: Tried | null }) => {
  const { place } = work;
  const words = wordsFor(place).people;
  const { csrf } = frameOf(work);
  const hidden = { account: one.id, version: one.version };
  const act = `refuse-${one.id}`;
  return (
    <div class="zn-regact">
      <Form action={`${place.home}/people/activate`} csrf={csrf} hidden={hidden}>
        <Button small>{words.activate}</Button>
      </Form>
      <Fold title={words.refuse} open={tried?.act === act}>
        <Form action={`${place.home}/people/refuse`} csrf={csrf} hidden={hidden}>
          {fieldsOf(place, act, tried).line("reason", words.reason)}
          <Button kind="secondary" small>
            {words.refuse}
          </Button>
        </Form>
      </Fold>
    </div>
  );
};

const page = async (work: Work, tried: Tried | null = null) => {
  const { place, platform, viewer } = work;
  const words = wordsFor(place).people;
  const people = (await listAccounts(platform, viewer.actor, {})).filter(ofOwnUnits(work));
  const waiting = people.filter(({ standing }) => standing === "PENDING").length;
  const { columns } = words;
  return (
    <WorkPage frame={frameOf(work)} title={words.title} here="/people" error={tried !== null} full>
      <WhyNot place={place} tried={tried} />
      <Done place={place} done={work.query["done"]} />
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <p>
          {waiting > 0 ? words.waiting(waiting) : words.noneWaiting} {words.count(people.length)}
        </p>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/people" />
        </div>
      </div>
      {people.length === 0 ? (
        <p>{words.empty}</p>
      ) : (
        <table class="zn-dense zn-cards zn-regtable">
          <TableHead names={columns} />
          <tbody>
            {people.map((one) => (
              <tr>
                <th scope="row">
                  <a href={`${place.home}/accounts/${one.id}`}>{one.name}</a>
                </th>
                <td data-k={columns[1]} class="nw">
                  {one.login}
                </td>
                <td data-k={columns[2]} class="nw">
                  {one.identityMask}
                </td>
                <td data-k={columns[3]} class="nw">
                  {say(place, titled(titleLevelTitles, one.titleLevel) ?? titleLevelTitles.NONE)}{" "}
                  {say(place, titled(degreeTitles, one.degree) ?? degreeTitles.OTHER)}
                </td>
                <td data-k={columns[4]}>
                  {one.email} {one.phoneMask}
                </td>
                <td data-k={columns[5]} class={one.standing === "ACTIVE" ? "quiet nw" : "nw"}>
                  {say(place, accountStandingTitles[one.standing])}
                </td>
                <td data-k={columns[6]}>
                  {one.roles
                    .map(({ role }) => say(place, roles[role].title))
                    .join(place.language === "zh" ? "、" : ", ")}
                </td>
                <td>
                  {one.standing === "PENDING" &&
                  may("registration.activatePerson", viewer.actor, { organization: one.organization })
                    .allowed ? (
                    <Decide work={work} one={one} tried={tried} />
                  ) : (
                    <a class="zn-regmanage" href={`${place.home}/accounts/${one.id}`}>
                      {words.manage}
                    </a>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </WorkPage>
  );
};

export const showPeople = (work: Work): Promise<WorkAnswer> => page(work);

export const doActivatePerson = (work: Work): Promise<WorkAnswer> =>
  posting(
    work,
    activatePerson,
    { ...textsOf(work.form, "account"), version: versionOf(work.form) },
    { act: "activate", to: "/people?done=activated", again: page },
  );

export const doRefusePerson = (work: Work): Promise<WorkAnswer> => {
  const texts = textsOf(work.form, "account", "reason");
  return posting(
    work,
    refusePerson,
    { ...texts, version: versionOf(work.form) },
    {
      act: `refuse-${texts.account}`,
      to: "/people?done=refused",
      again: page,
    },
  );
};
