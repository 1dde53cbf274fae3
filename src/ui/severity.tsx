import { Icon } from "./icon.tsx";
import { type Place, wordsOf } from "./place.ts";

export type SeverityLook = "must" | "ask" | "ok" | "info";

/** 必须改, 请确认, 已符合, 告知; with a number where several are counted. */
export const Sev = ({ place, look, count }: { place: Place; look: SeverityLook; count?: number }) => (
  <span class={`zn-sev zn-sev--${look}`}>
    <Icon place={place} name={look} />
    {wordsOf(place).severity[look]}
    {count === undefined ? "" : ` ${count}`}
  </span>
);
