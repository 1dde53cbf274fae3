/** Pages of one thing as links with addresses of their own. */
export const Tabs = ({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { readonly href: string; readonly text: string; readonly here: boolean }[];
}) => (
  <nav class="moj-sub-navigation" aria-label={label}>
    <ul class="moj-sub-navigation__list">
      {tabs.map(({ href, text, here }) => (
        <li class="moj-sub-navigation__item">
          <a class="moj-sub-navigation__link" href={href} aria-current={here ? "page" : undefined}>
            {text}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
