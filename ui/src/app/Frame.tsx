import { IconFlask } from "@tabler/icons-react";
import { useRef, useState, type ReactNode } from "react";
import { FootContext } from "../shared/PageFoot";
import classes from "./Frame.module.css";
import { Navigation } from "./Navigation";

/** The navigation on the left and the content column beside it. */
export function Frame({ practice, children }: { practice: boolean; children: ReactNode }) {
  const content = useRef<HTMLElement>(null);
  const [foot, setFoot] = useState<HTMLElement | null>(null);
  return (
    <div className={classes.frame}>
      {/* A button, because a link to #content would be taken for a page by the hash router. */}
      <button type="button" className={classes.skip} onClick={() => content.current?.focus()}>
        Skip to content
      </button>
      <Navigation />
      <main ref={content} tabIndex={-1} className={classes.content}>
        {practice && <PracticeBanner />}
        <div className={classes.scroller} data-scroller>
          <div className={classes.column}>
            <FootContext value={foot}>{children}</FootContext>
          </div>
        </div>
        <div ref={setFoot} className={classes.foot} />
      </main>
    </div>
  );
}

function PracticeBanner() {
  return (
    <div className={classes.practice} data-testid="practice-banner">
      <IconFlask size={16} aria-hidden />
      <strong>PRACTICE</strong>
      <span>This is the practice Lever. No real candidate is read or changed.</span>
    </div>
  );
}
