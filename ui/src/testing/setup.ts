import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// A busy machine is slow, not wrong; and a failure's own sentence says more than a page of markup.
configure({ asyncUtilTimeout: 8_000, getElementError: (message) => new Error(message ?? "not found") });

class SilentObserver {
  observe = () => undefined;
  unobserve = () => undefined;
  disconnect = () => undefined;
}

/** What a browser has and jsdom lacks. */
Object.assign(window, {
  // Whoever wants less motion sees a drawer at once, so no test looks at one that is half there.
  matchMedia: (query: string) => ({
    matches: query.includes("prefers-reduced-motion"), media: query, onchange: null,
    addEventListener: () => undefined, removeEventListener: () => undefined,
    addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => false,
  }),
  ResizeObserver: SilentObserver,
  IntersectionObserver: SilentObserver,
});
// Without a layout every element has no size, and a dropdown takes its own button for scrolled away.
Element.prototype.getBoundingClientRect = () => new DOMRect(10, 10, 200, 40);
Object.defineProperties(Element.prototype, { clientWidth: { value: 1280 }, clientHeight: { value: 800 } });
Element.prototype.scrollIntoView = () => undefined;
// jsdom matches its whole default stylesheet against an element and each of its ancestors, for every element of every
// query by role. The screens' own stylesheets are not loaded here, so what hides an element is its style or `hidden`.
const gone = document.createElement("div").style;
gone.display = "none";
window.getComputedStyle = (element) => ((element as HTMLElement).hidden ? gone : (element as HTMLElement).style);
Object.defineProperty(document, "fonts", { value: { addEventListener: () => undefined, removeEventListener: () => undefined } });

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
