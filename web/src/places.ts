/** On a phone the places stand in one row that is pushed along: the one where the page lies is brought into sight. */
export function showPlace(): void {
  const row = document.querySelector<HTMLElement>(".places");
  const here = row?.querySelector<HTMLElement>("[aria-current]");
  if (row && here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
