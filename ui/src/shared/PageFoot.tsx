import { createContext, useContext, type ReactNode } from "react";
import { createPortal } from "react-dom";

/** The place below the scrolled content; none until the frame has drawn it. */
export const FootContext = createContext<HTMLElement | null>(null);

/** What stays in view below the content, such as *Save*. It lies beside what is scrolled, so it never covers it. */
export function PageFoot({ children }: { children: ReactNode }) {
  const place = useContext(FootContext);
  return place && createPortal(children, place);
}
