import type { ComponentChildren } from "preact";
import { perform } from "../../platform/action.ts";
import { nobody } from "../../core/permission/permission.ts";
import { Form } from "../../ui/form.tsx";
import { Page, Wrap } from "../../ui/page.tsx";
import { type Place, wordsOf } from "../../ui/place.ts";
import type { Door, DoorAnswer } from "./desk.ts";
import { troubleOf } from "./desk.ts";
import { registerInstitution } from "./institutions.ts";
import { registerPerson } from "./people.ts";
import { Button, fieldsOf, optionsOf, type Tried, WhyNot } from "./pieces.tsx";
import { degreeTitles, identityTypeTitles, organizationTypeTitles, titleLevelTitles } from "./titles.ts";
import { wordsFor } from "./words.ts";

type Fields = ReturnType<typeof fieldsOf>;

const PersonFields = ({ place, field }: { place: Place; field: Fields }) => {
  const words = wordsFor(place).register;
  return (
    <>
      <h2>{words.aboutYou}</h2>
      {field.line("person.name", words.name, { auto: "name" })}
      {field.select("person.identityType", words.identityType, optionsOf(place, identityTypeTitles))}
      {field.line("person.identityNo", words.identityNo, { hint: words.identityHint, auto: "off" })}
      {field.select("person.titleLevel", words.titleLevel, optionsOf(place, titleLevelTitles), {
        fallback: "NONE",
      })}
      {field.select("person.degree", words.degree, optionsOf(place, degreeTitles), { fallback: "OTHER" })}
      {field.line("person.email", words.email, { type: "email", auto: "email" })}
      {field.line("person.phone", words.phone, { type: "tel", auto: "tel" })}
      <h2>{words.aboutAccount}</h2>
      {field.line("person.login", words.login, { hint: words.loginHint, auto: "username" })}
      {field.line("person.password", words.password, {
        hint: words.passwordHint,
        type: "password",
        auto: "new-password",
      })}
    </>
  );
};

const Sheet = ({
  place,
  title,
  tried,
  children,
}: {
  place: Place;
  title: string;
  tried: Tried | null;
  children: ComponentChildren;
}) => (
  <Page place={place} title={tried === null ? title : `${wordsOf(place).work.errorTitle}${title}`}>
    <Wrap>
      <link rel="stylesheet" href={place.assets.workCss} />
      <div class="zn-head zn-regentrance">
        <WhyNot place={place} tried={tried} />
        <h1>{title}</h1>
        {children}
      </div>
    </Wrap>
  </Page>
);

export const showRegister = async ({ place }: Door): Promise<DoorAnswer> => {
  const words = wordsFor(place).register;
  return (
    <Sheet place={place} title={words.title} tried={null}>
      <p>{words.lead}</p>
      <h2>
        <a class="govuk-link" href={`${place.home}/register/person`}>
          {words.person}
        </a>
      </h2>
      <p>{words.personText}</p>
      <h2>
        <a class="govuk-link" href={`${place.home}/register/institution`}>
          {words.institution}
        </a>
      </h2>
      <p>{words.institutionText}</p>
    </Sheet>
  );
};

const personPage = async ({ platform, place }: Door, tried: Tried | null) => {
  const words = wordsFor(place).register;
  const field = fieldsOf(place, "person", tried);
  const units = await platform.database.kysely
    .selectFrom("organization")
    .select(["id", "name_zh", "name_en"])
    .where("funder", "=", platform.funder)
    .where("standing", "=", "ACTIVE")
    .orderBy("kind", "desc")
    .orderBy("name_zh")
    .execute();
  return (
    <Sheet place={place} title={words.person} tried={tried}>
      <p>{words.personText}</p>
      <Form action={`${place.home}/register/person`} csrf="">
        {field.select(
          "organization",
          words.organization,
          [
            { value: "", text: words.choose },
            ...units.map(({ id, name_zh, name_en }) => ({
              value: id,
              text: place.language === "en" && name_en !== "" ? `${name_en} ${name_zh}` : name_zh,
            })),
          ],
          { hint: words.organizationHint },
        )}
        <PersonFields place={place} field={field} />
        <Button>{words.actPerson}</Button>
      </Form>
    </Sheet>
  );
};

const institutionPage = ({ place }: Door, tried: Tried | null) => {
  const words = wordsFor(place).register;
  const field = fieldsOf(place, "institution", tried);
  return (
    <Sheet place={place} title={words.institution} tried={tried}>
      <p>{words.institutionText}</p>
      <Form action={`${place.home}/register/institution`} csrf="">
        <h2>{words.aboutUnit}</h2>
        {field.line("institution.uscc", words.uscc, { hint: words.usccHint })}
        {field.line("institution.name", words.unitName, { hint: words.unitNameHint, auto: "organization" })}
        {field.line("institution.nameEn", words.unitNameEn)}
        {field.select("institution.type", words.type, optionsOf(place, organizationTypeTitles))}
        {field.line("institution.region", words.region, { hint: words.regionHint, numeric: true })}
        {field.line("institution.address", words.address)}
        {field.line("institution.legalPerson", words.legalPerson)}
        <PersonFields place={place} field={field} />
        <Button>{words.actInstitution}</Button>
      </Form>
    </Sheet>
  );
};

export const showRegisterPerson = (door: Door): Promise<DoorAnswer> => personPage(door, null);
export const showRegisterInstitution = async (door: Door): Promise<DoorAnswer> => institutionPage(door, null);

/** The fields `<part>.<name>` of a form as one object. */
const part = (form: URLSearchParams, name: string): Record<string, string> =>
  Object.fromEntries(
    [...form].flatMap(([key, value]) =>
      key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), value] as const] : [],
    ),
  );

export const doRegisterPerson = async (door: Door): Promise<DoorAnswer> => {
  const { platform, place, form } = door;
  const chosen = form.get("organization") ?? "";
  try {
    await perform(platform, registerPerson, nobody, {
      // Nothing chosen is told with the rest of what is missing.
      organization: chosen === "" ? "00000000-0000-4000-8000-000000000000" : chosen,
      person: { ...part(form, "person"), language: place.language },
    });
    return { to: `${place.home}/register/done?kind=person` };
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    return { status: trouble.status, page: await personPage(door, { act: "person", form, trouble }) };
  }
};

export const doRegisterInstitution = async (door: Door): Promise<DoorAnswer> => {
  const { platform, place, form } = door;
  try {
    await perform(platform, registerInstitution, nobody, {
      institution: part(form, "institution"),
      person: { ...part(form, "person"), language: place.language },
    });
    return { to: `${place.home}/register/done?kind=institution` };
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    return { status: trouble.status, page: institutionPage(door, { act: "institution", form, trouble }) };
  }
};

export const showRegistered = async ({ place, query }: Door): Promise<DoorAnswer> => {
  const words = wordsFor(place).register;
  return (
    <Sheet place={place} title={words.doneTitle} tried={null}>
      <p>{query["kind"] === "institution" ? words.doneInstitution : words.donePerson}</p>
      <p>
        <a class="govuk-link" href={`${place.home}/sign-in`}>
          {wordsFor(place).signIn.title}
        </a>
      </p>
    </Sheet>
  );
};
