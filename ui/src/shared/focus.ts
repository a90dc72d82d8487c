/** A ref that gives the focus to what it is put on as soon as it is there, however long that takes. */
export function takesFocus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}
