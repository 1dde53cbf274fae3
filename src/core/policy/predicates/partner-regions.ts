import { type Fault, predicate, unknown } from "./predicate.ts";
import { none } from "./settings.ts";
import { text } from "../words.ts";

/** Partners from outside the mainland come from the region that the direction names. */
export const partnersFromRegion = predicate(
  none,
  ["partner", "country", "region"],
  () =>
    ({ application, programme }) => {
      const region = programme.partnerRegions.find((one) =>
        one.directions.includes(application.direction ?? ""),
      );
      if (region === undefined || application.partners === undefined) return unknown;
      const faults: Fault[] = [];
      for (const [index, partner] of application.partners.entries()) {
        const country = partner.countryOrRegion?.trim().toUpperCase();
        if (country === undefined || country === "" || country === "CN" || region.countries.includes(country))
          continue;
        faults.push({
          path: `partners[${index}].countryOrRegion`,
          facts: {
            partner: text(partner.name ?? country),
            country: text(country),
            region: text(region.title),
          },
        });
      }
      return faults;
    },
);
