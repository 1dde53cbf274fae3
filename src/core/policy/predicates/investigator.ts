import { z } from "zod";
import { normalizeIdentifier } from "../../identifiers.ts";
import { type Fault, holds, predicate, unknown } from "./predicate.ts";
import { count, date, text } from "../words.ts";

/** No other application of the same investigator: one that stands (`standing`) or a draft (`draft`). */
export const onlyApplication = predicate(
  z.strictObject({ against: z.enum(["standing", "draft"]) }),
  ["other", "number"],
  (settings) =>
    ({ application, registry, programme, investigator }) => {
      if (investigator === "") return unknown;
      const inTheWay = registry.applications.filter(
        (other) =>
          other.id !== application.id &&
          (settings.against === "draft"
            ? other.state === "DRAFT"
            : programme.standingStates.includes(other.state)) &&
          normalizeIdentifier(other.principalInvestigator ?? "") === investigator,
      );
      if (inTheWay.length === 0) return holds;
      const names = inTheWay.map((other) => other.id);
      return [
        {
          facts: {
            other: text({ zh: names.join("、"), en: names.join(", ") }),
            number: count(inTheWay.length),
          },
        },
      ];
    },
);

/** The investigator heads no running project of the fund on the reference date (`close`) or on its other reading (`start`). */
export const noOngoingProject = predicate(
  z.strictObject({ on: z.enum(["close", "start"]) }),
  ["end", "reference", "number"],
  (settings) =>
    ({ registry, programme, investigator }) => {
      if (investigator === "") return unknown;
      const reference =
        settings.on === "close" ? programme.ongoing.referenceDate : programme.ongoing.otherReading;
      const running = registry.projects.filter(
        (project) =>
          project.programme === "INNOVATION_FUND" &&
          project.closeout === "PENDING" &&
          project.periodEnd >= reference &&
          normalizeIdentifier(project.principalInvestigator ?? "") === investigator,
      );
      const last = running
        .map((project) => project.periodEnd)
        .sort()
        .at(-1);
      if (last === undefined) return holds;
      return [{ facts: { end: date(last), reference: date(reference), number: count(running.length) } }];
    },
);

/** The applicant organisation has no earlier project of this category that still awaits acceptance. */
export const noUnacceptedProject = predicate(
  z.strictObject({}),
  ["end", "number"],
  () =>
    ({ registry, application, leadCode }) => {
      if (leadCode === "") return unknown;
      const open = registry.projects.filter(
        (project) =>
          project.category === application.category &&
          project.closeout === "PENDING" &&
          normalizeIdentifier(project.leadOrganization ?? "") === leadCode,
      );
      const first = open[0];
      const faults: readonly Fault[] =
        first === undefined ? [] : [{ facts: { end: date(first.periodEnd), number: count(open.length) } }];
      return faults;
    },
);
