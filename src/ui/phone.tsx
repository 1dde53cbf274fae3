import { type Place, wordsOf } from "./place.ts";

/** A telephone number with the area code of the pack; never broken across lines. */
export const Phone = ({ place, number }: { place: Place; number: string | null }) => {
  if (number === null) return <span class="zn-sub">{wordsOf(place).phoneMissing}</span>;
  const { areaCode } = place.policy.programme;
  const whole = areaCode === null ? number : `${areaCode}-${number}`;
  return (
    <a class="zn-nowrap govuk-link" href={`tel:${whole.replaceAll(/[^\d+]/g, "")}`}>
      {whole}
    </a>
  );
};
