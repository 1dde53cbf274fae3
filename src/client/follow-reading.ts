const active = "moj-side-navigation__item--active";

/** Lights the place of the contents that is being read. */
export const followReading = (): void => {
  const tree = document.querySelector<HTMLElement>(".zn-guide__tree");
  if (tree === null) return;
  const links = new Map(
    [...tree.querySelectorAll<HTMLAnchorElement>("nav:first-of-type a")].map((link) => [
      decodeURIComponent(link.hash.slice(1)),
      link,
    ]),
  );
  let lit: HTMLAnchorElement | undefined;
  const light = (link: HTMLAnchorElement) => {
    if (link === lit) return;
    lit?.removeAttribute("aria-current");
    lit?.parentElement?.classList.remove(active);
    lit = link;
    link.setAttribute("aria-current", "location");
    link.parentElement?.classList.add(active);
    const { offsetTop, offsetHeight } = link;
    const seen =
      offsetTop >= tree.scrollTop && offsetTop + offsetHeight <= tree.scrollTop + tree.clientHeight;
    if (!seen) tree.scrollTop = offsetTop - tree.clientHeight / 2;
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      const first = entries.find((entry) => entry.isIntersecting);
      const link = first === undefined ? undefined : links.get(first.target.id);
      // A folded place has no size: its category stays lit.
      if (link !== undefined && link.offsetParent !== null) light(link);
    },
    { rootMargin: "0px 0px -80% 0px" },
  );
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section !== null) watcher.observe(section);
  }
};
