import { formatDate } from "../core/calendar.ts";
import { linkTo, type Place, say, wordsOf } from "./place.ts";
import { Phone } from "./phone.tsx";

/** Digest of the edition, in groups one can read aloud. */
const Digest = ({ hash }: { hash: string }) => (
  <span class="zn-code" title={hash}>
    {hash.slice(0, 4)} {hash.slice(4, 8)} … {hash.slice(-4)}
  </span>
);

export const Footer = ({ place, wide }: { place: Place; wide: boolean }) => {
  const words = wordsOf(place);
  const { programme, publishedOn, hash } = place.policy;
  return (
    <footer class="zn-footer">
      <div class={wide ? "zn-wrap zn-wrap--wide" : "zn-wrap"}>
        <ul>
          <li>
            <a class="govuk-link" href={linkTo(place, "/guide")}>
              {words.nav.guide}
            </a>
          </li>
          <li>
            <a class="govuk-link" href={linkTo(place, "/coverage")}>
              {words.nav.coverage}
            </a>
          </li>
          <li>
            <a class="govuk-link" href={linkTo(place, "/contacts")}>
              {words.nav.contacts}
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`${place.home}/policies`}>
              {words.nav.policies}
            </a>
          </li>
        </ul>
        <p class="zn-gaps">
          <span>
            {words.footer.host}
            {say(place, programme.funder)}
          </span>
          {programme.desks.map((desk) => (
            <span>
              {say(place, desk.for)} <Phone place={place} number={desk.phone} />
            </span>
          ))}
        </p>
        <p class="zn-sub zn-gaps">
          <span>
            {words.footer.hash} <Digest hash={hash} />{" "}
            {publishedOn === null
              ? words.footer.unpublished
              : words.footer.publishedOn(formatDate(publishedOn, place.language))}
          </span>
          <span>{words.footer.notice}</span>
        </p>
      </div>
    </footer>
  );
};
