import type { Enforcement } from "../core/policy/coverage.ts";
import { Icon, type IconName } from "./icon.tsx";
import { type Place, wordsOf } from "./place.ts";

export const kinds = ["rule", "step", "attestation", "information"] as const;
export type Kind = Enforcement["kind"];

const looks: Readonly<Record<Kind, readonly [string, IconName]>> = {
  rule: ["blue", "gear"],
  step: ["purple", "person"],
  attestation: ["teal", "pen"],
  information: ["grey", "horn"],
};

/** 机审, 人工确认, 声明, 告知: word and shape first, colour second. */
export const KindTag = ({ place, kind }: { place: Place; kind: Kind }) => (
  <span class={`govuk-tag govuk-tag--${looks[kind][0]}`}>
    <Icon place={place} name={looks[kind][1]} />
    {wordsOf(place).kind[kind]}
  </span>
);
