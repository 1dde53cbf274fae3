import { linkTo, type Place, say, wordsOf } from "./place.ts";

const Mark = () => (
  <svg class="zn-brand__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="6" fill="#1a4a8f" />
    <circle
      cx="16"
      cy="16"
      r="10.5"
      fill="none"
      stroke="#fff"
      stroke-opacity=".55"
      stroke-width="1.2"
      stroke-dasharray="1.2 2.099"
    />
    <path d="M16 26 12.3 15.2h7.4z" fill="#fff" />
    <path d="M16 6l3.7 9.2h-7.4z" fill="none" stroke="#fff" stroke-width="1.4" stroke-linejoin="round" />
  </svg>
);

/** The compass and the platform's name; leads to the call. */
export const Brand = ({ place }: { place: Place }) => (
  <a class="zn-brand" href={linkTo(place, "/")}>
    <Mark />
    <span class="zn-brand__name">{wordsOf(place).brand}</span>
    <span class="zn-brand__of">{say(place, place.policy.programme.platform)}</span>
  </a>
);
