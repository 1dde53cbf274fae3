/** Keeps the due card true while it stands open; the server's clock counts, the machine's own only measures. */
export const countDown = (): void => {
  const card = document.querySelector<HTMLElement>("[data-until]");
  if (card === null) return;
  const until = Number(card.dataset["until"]);
  const served = Number(card.dataset["now"]);
  const started = performance.now();
  const numbers = card.querySelectorAll("b");
  const show = () => {
    const minutes = Math.ceil((until - served - (performance.now() - started)) / 60_000);
    // Past the end the words of the card are wrong too: only the server knows the right ones.
    if (minutes <= 0) return location.reload();
    [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60].forEach((value, at) => {
      const number = numbers[at];
      if (number !== undefined) number.textContent = String(value);
    });
    setTimeout(show, 30_000);
    return undefined;
  };
  if (until > served) setTimeout(show, 30_000);
};
