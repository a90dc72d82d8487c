import type { ReactNode } from "react";
import classes from "./Section.module.css";

/** The surface of a list that the page's own title already names. */
export function Card({ children }: { children: ReactNode }) {
  return <div className={`${classes.section ?? ""} ${classes.card ?? ""}`}>{children}</div>;
}
